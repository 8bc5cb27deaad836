import { isAbsolute } from 'node:path';
import type { Clock } from '../clock.js';
import type { GroupListener } from './group-commit.js';
import type { Keyring } from './keyring.js';
import type { Side } from './moving/side.js';
import { openPostgresSide } from './postgres/moving.js';
import { openPostgresStore } from './postgres/postgres-store.js';
import { openSqliteSide } from './sqlite/moving.js';
import { openSqliteStore } from './sqlite/sqlite-store.js';
import type { Store } from './store.js';

export interface OpenStoreOptions {
  /**
   * `sqlite:/absolute/path/latchhook.db`; the data directory is where the file lies. Or
   * `postgres://user:password@host:5432/name`, with several hosts where there are standbys.
   */
  url: string;
  keyring: Keyring;
  clock: Clock;
  /** True (default): for the server; one at a time on a data directory. False: for tools beside it. */
  engine?: boolean;
  /** Of this program, e.g. `0.1.0`; lets an older release run on a newer schema that allows it. */
  release?: string;
  /** Told of each group of the hot path that was committed: its members, and how long that took, ms. */
  onGroup?: GroupListener;
  /** Default 24 h. */
  retainIdempotencyMs?: number;
  /** How long a disabled webhook holds a delivery; default 24 h. */
  heldMs?: number;
  sqlite?: {
    /** The database grows no further than this many pages of 4 KiB. */
    maxPageCount?: number;
    /**
     * Sizes of the blocks by which lists are found, as powers of two, smallest first; the same for the whole
     * life of a store. Smaller ones let a test fill them.
     */
    listLevels?: readonly number[];
  };
  /** While a database on another machine is not up yet: told once, with the reason. Default: nobody waits. */
  onWait?: (reason: string) => void;
  /** Ends that wait; it rejects with the reason of the signal. */
  aborted?: AbortSignal;
  postgres?: {
    /** As for SQLite. */
    listLevels?: readonly number[];
    /** A test's, in place of the database's. */
    clock?: Clock;
  };
}

const DAY_MS = 24 * 3_600_000;

/**
 * Opens the store, creates it where it is missing, and brings its schema up to date. Rejects with
 * `DataDirectoryInUse`, `SchemaTooNew`, `StoreMoved` or `KeyringError`, whose messages are for the operator.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  if (isPostgres(options.url)) {
    return openPostgresStore({
      url: options.url,
      keyring: options.keyring,
      clock: options.postgres?.clock ?? null,
      engine: options.engine ?? true,
      release: options.release ?? null,
      retainIdempotencyMs: options.retainIdempotencyMs ?? DAY_MS,
      heldMs: options.heldMs ?? DAY_MS,
      timing: {
        monotonic: () => options.clock.monotonic(),
        onGroup: (members, ms) => options.onGroup?.(members, ms),
      },
      listLevels: options.postgres?.listLevels,
      waiting: options.onWait
        ? { clock: options.clock, onWait: options.onWait, aborted: options.aborted }
        : null,
    });
  }
  return openSqliteStore({
    file: fileOf(options.url),
    keyring: options.keyring,
    clock: options.clock,
    engine: options.engine ?? true,
    release: options.release ?? null,
    retainIdempotencyMs: options.retainIdempotencyMs ?? DAY_MS,
    heldMs: options.heldMs ?? DAY_MS,
    onGroup: options.onGroup,
    maxPageCount: options.sqlite?.maxPageCount,
    listLevels: options.sqlite?.listLevels,
  });
}

/** One side of a move of a whole store (`moving/move.ts`). Rejects with what says why it cannot be moved. */
export async function openSide(
  options: Pick<OpenStoreOptions, 'url' | 'keyring' | 'clock'> & { release: string | null },
  as: 'source' | 'target',
): Promise<Side> {
  if (isPostgres(options.url)) return openPostgresSide(options, as);
  return openSqliteSide({ ...options, file: fileOf(options.url) }, as);
}

function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}

function fileOf(url: string): string {
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : null;
  if (file === null)
    throw new Error(`no store is known for ${url.split(':')[0]}: (sqlite: and postgres: are)`);
  if (!isAbsolute(file)) throw new Error(`sqlite: needs an absolute path, not ${file}`);
  return file;
}
