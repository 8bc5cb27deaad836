/** A PostgreSQL server of its own on loopback: in a temporary folder, and never left behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { binaries, identity } from './binaries.js';

/** A program of its own, which no build copies: this file runs from here and from `dist/`. */
const GUARD = ['guard.mjs', '../../local-postgres/guard.mjs']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync);

/** What makes tests fast where nothing but processes is killed: a killed server loses nothing that it wrote. */
export const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off' };

export interface PostgresOptions {
  /** As in postgresql.conf. */
  settings?: Record<string, string>;
  /** A folder that this server takes over, as `copy` makes them; default: a new, empty cluster. */
  data?: string;
}

export interface PostgresServer {
  readonly port: number;
  /** Of its main process, while it runs. */
  readonly pid: number;
  /** Of the database `postgres`; there is no password. */
  readonly url: string;
  urlOf(database: string): string;
  /** Ends at once what is connected, and writes everything down. */
  stop(): Promise<void>;
  /** As a machine that fails. */
  kill(): Promise<void>;
  /** Again on the same port, after `stop` or `kill`. */
  start(settings?: Record<string, string>): Promise<void>;
  /** A copy of the stopped server's data; `prepare` gets its folder, e.g. to put a `standby.signal` there. */
  copy(prepare?: (data: string) => void): string;
  /** Stops it and removes all that is of it. */
  remove(): Promise<void>;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const who = identity();
  const folder = temporaryFolder(who);
  const bin = await binaries(folder, who);
  const data = options.data ?? join(folder, 'data');
  const log = join(folder, 'log');
  if (options.data === undefined) {
    const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(bin, 'initdb'), args, { ...who, cwd: '/', stdio: 'pipe' });
  }
  const port = await freePort();
  let guard: ChildProcess | null = null;

  async function start(settings = options.settings ?? {}): Promise<void> {
    if (guard !== null) throw new Error('this server runs');
    if (GUARD === undefined) throw new Error('local-postgres/guard.mjs is missing');
    const flags = { ...SETTINGS, ...settings, port: String(port) };
    const args = [
      '-D',
      data,
      ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    const started = spawn(
      process.execPath,
      [GUARD, JSON.stringify({ binary: join(bin, 'postgres'), args, identity: who, log, remove: folder })],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    started.stdin.on('error', () => {});
    const ended = once(started, 'exit').then(() => {
      throw new Error(`PostgreSQL ended:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    });
    await Promise.race([once(createInterface({ input: started.stdout }), 'line'), ended]);
    ended.catch(() => {});
    guard = started;
  }

  async function end(command: 'stop' | 'kill'): Promise<void> {
    const ending = guard;
    if (ending === null) return;
    guard = null;
    if (ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.stdin?.write(`${command}\n`);
    await ended;
  }

  await start();
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  return {
    port,
    get pid() {
      return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    },
    url: urlOf('postgres'),
    urlOf,
    stop: () => end('stop'),
    kill: () => end('kill'),
    start,
    copy(prepare) {
      if (guard !== null) throw new Error('a copy of a running server is none');
      const copy = join(temporaryFolder(who), 'data');
      cpSync(data, copy, { recursive: true });
      prepare?.(copy);
      execFileSync('chmod', ['-R', 'u=rwX,g=,o=', copy]);
      if (who.uid !== undefined) execFileSync('chown', ['-R', `${who.uid}:${who.gid}`, copy]);
      return copy;
    },
    async remove() {
      await end('stop');
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      if (options.data !== undefined) rmSync(join(options.data, '..'), { recursive: true, force: true });
    },
  };
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  log_checkpoints: 'off',
};

/** Below the temporary one; also for the user that runs the server. */
function temporaryFolder({ uid, gid }: { uid?: number; gid?: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-postgres-'));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
