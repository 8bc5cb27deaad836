/** Two ways for a disk to be full: a small file system of its own, and a database that may not grow. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { buildApp } from '../../src/api/app.js';
import { ensureFirstAdministrator } from '../../src/api/first-administrator.js';
import { systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createEgressGuard } from '../../src/engine/egress.js';
import { createEngine } from '../../src/engine/engine.js';
import { LIMITS } from '../../src/engine/limits.js';
import { createSender } from '../../src/engine/sender.js';
import { EngineSignals } from '../../src/engine/signals.js';
import { createLog } from '../../src/log.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { openKeyring } from '../../src/store/keyring.js';
import { openStore } from '../../src/store/open.js';
import type { Connection } from '../../src/store/sqlite/connection.js';
import { sqliteDriver } from '../../src/store/sqlite/driver.js';
import { ADMIN_PASSWORD, startProcess } from '../support/process.js';
import { type DataFolder, dataFolder } from './site.js';

/** A running server whose disk can be filled and emptied. */
export interface FillableServer {
  readonly url: string;
  /** Takes all the room there is. */
  fill(): void;
  makeRoom(): void;
  /** How many lines of the log match so far. */
  logged(pattern: RegExp): number;
  /** Whether the process that began is still there. */
  alive(): boolean;
  /** @returns the exit code, null after `SIGKILL` */
  end(signal: Ending): Promise<number | null>;
}

export type Ending = 'SIGTERM' | 'SIGKILL';

export interface FullDisk {
  name: string;
  /** How its server can be ended. */
  endings: Ending[];
  folder(): Promise<DataFolder>;
  /** @param userAgent tells the arrivals of one start from those of another */
  start(folder: DataFolder, userAgent: string): Promise<FillableServer>;
}

const TMPFS_SIZE = '24m';
const PAGE = 4096;
const GROWTH_PAGES = 3_000;
const MIB = 2 ** 20;

const tmpfs: FullDisk = {
  name: 'a tmpfs of 24 MB',
  endings: ['SIGTERM', 'SIGKILL'],
  folder: mountedFolder,
  async start(folder, userAgent) {
    const server = await startProcess({
      dataDir: folder.path,
      env: { LATCHHOOK_USER_AGENT: userAgent, LATCHHOOK_MIN_FREE_MB: '0' },
    });
    const ballast = join(folder.path, 'ballast');
    return {
      url: server.url,
      fill: () => writeUntilFull(ballast),
      makeRoom: () => rmSync(ballast),
      logged: (pattern) => server.stdout.filter((line) => pattern.test(line)).length,
      alive: () => isAlive(server.pid),
      async end(signal) {
        server.kill(signal);
        return (await server.exited).code;
      },
    };
  },
};

/** In this process, since the limit is no setting; a stop waits a second for what cannot be stored. */
const pageLimit: FullDisk = {
  name: 'a database that may not grow',
  endings: ['SIGTERM'],
  folder: dataFolder,
  async start(folder, userAgent) {
    const config = readConfig(
      {
        LATCHHOOK_PORT: '0',
        LATCHHOOK_DATA_DIR: folder.path,
        LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
        LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
        LATCHHOOK_USER_AGENT: userAgent,
      },
      {},
      folder.path,
    );
    const lines: string[] = [];
    const log = createLog('info', collecting(lines));
    const keyring = openKeyring({ file: join(folder.path, 'secret.key') });
    const store = await openStore({
      url: config.databaseUrl,
      keyring,
      clock: systemClock,
      sqlite: { maxPageCount: GROWTH_PAGES },
    });
    await ensureFirstAdministrator({ store, config, randomBytes, terminal: null });
    const guard = createEgressGuard({ mode: config.egress, allow: config.egressAllow });
    const sender = createSender({ guard, connectionsPerOrigin: LIMITS.perOrigin });
    const signals = new EngineSignals((error) => log.error({ err: error }, 'a listener failed'));
    const engine = createEngine({
      ...config,
      store,
      sender,
      clock: systemClock,
      random: () => 0.5,
      log,
      signals,
      limits: { grace: 1_000 },
    });
    await engine.start();
    const app = buildApp({
      store,
      engine,
      signals,
      pressure: () => null,
      receiverClocks: () => ({ off: false, aheadMs: null, receivers: 0 }),
      metrics: new Metrics(),
      guard,
      config,
      clock: systemClock,
      randomBytes,
      log,
    });
    const url = await app.listen({ host: config.host, port: config.port });
    const file = join(folder.path, 'latchhook.db');
    return {
      url,
      fill: () =>
        beside(file, (database) => {
          database.exec('CREATE TABLE IF NOT EXISTS ballast (filling BLOB)');
          const pages = Number(database.pragma('page_count', { simple: true }));
          const free = Number(database.pragma('freelist_count', { simple: true }));
          const room = GROWTH_PAGES - pages + free;
          database.prepare('INSERT INTO ballast VALUES (zeroblob(?))').run((room + 1) * PAGE);
        }),
      makeRoom: () => beside(file, (database) => database.exec('DELETE FROM ballast')),
      logged: (pattern) => lines.filter((line) => pattern.test(line)).length,
      alive: () => app.server.listening,
      async end() {
        await app.close();
        await engine.stop();
        await sender.close();
        await store.close();
        return 0;
      },
    };
  },
};

function beside(file: string, work: (database: Connection) => void): void {
  const database = new (sqliteDriver())(file);
  try {
    work(database);
  } finally {
    database.close();
  }
}

/** What can be filled here: mounting takes rights that not every machine gives. */
export function fullDisks(): FullDisk[] {
  return mayMount() ? [tmpfs, pageLimit] : [pageLimit];
}

/** A small file system of its own, in a folder of its own. */
async function mountedFolder(): Promise<DataFolder> {
  const parent = await dataFolder();
  const path = join(parent.path, 'mounted');
  mkdirSync(path);
  mount(path);
  return {
    path,
    async remove() {
      execFileSync('umount', ['-l', path]);
      await parent.remove();
    },
  };
}

/** Writes until not one more byte goes in. */
function writeUntilFull(file: string): void {
  const descriptor = openSync(file, 'a');
  for (let size = MIB; size >= 1; size = Math.floor(size / 2)) {
    const filling = Buffer.alloc(size);
    while (wrote(descriptor, filling));
  }
  closeSync(descriptor);
}

function wrote(descriptor: number, filling: Buffer): boolean {
  try {
    return writeSync(descriptor, filling) === filling.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

function mount(path: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${TMPFS_SIZE}`, 'tmpfs', path], { stdio: 'pipe' });
}

function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    // In a name space of its own, which ends with the command.
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function collecting(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trimEnd().split('\n'));
      done();
    },
  });
}
