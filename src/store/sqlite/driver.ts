import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

export type Driver = typeof BetterSqlite3;

/** The release with binaries for every platform is built for N-API 10: Node 22.14 and newer, but 23.0 to 23.5. */
const BINARIES_NEED_NAPI = 10;

let loaded: Driver | null = null;

/**
 * better-sqlite3 in the one release that works on this Node. Release 13 brings binaries and crashes on Node 20.
 * Release 12 is compiled where it is installed, and aborts in a garbage collection on Node 24.19 and newer.
 * npm installs only the one that fits: see `optionalDependencies` and `drivers/`.
 * Throws, in one line, when it is not there or was compiled for another Node.
 */
export function sqliteDriver(): Driver {
  loaded ??= load(createRequire(import.meta.url));
  return loaded;
}

function load(require: NodeJS.Require): Driver {
  const hasBinaries = Number(process.versions['napi']) >= BINARIES_NEED_NAPI;
  try {
    const Database: Driver = require(hasBinaries ? 'better-sqlite3' : 'latchhook-better-sqlite3-12');
    // Its binary is loaded with the first database.
    new Database(':memory:').close();
    return Database;
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n');
    const advice = hasBinaries
      ? 'install Latchhook again with this Node'
      : 'install Latchhook again with this Node where Python, make and a C++ compiler are (or run npm rebuild better-sqlite3), or use Node 22.14 or newer, which needs no compiler';
    throw new Error(
      `SQLite does not work with this Node (${process.version}), probably installed for a different Node: ${advice} (${reason})`,
      { cause: error },
    );
  }
}
