/** Latchhook as a process of its own, for faults that end processes. Runs what `dist/` holds. */
import { execFileSync, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { prepareStore, storeSettings } from './store.js';

export const ADMIN_PASSWORD = 'door-keeper';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = 'dist/src/cli/main.js';
const living = new Set<SpawnedProcess>();
let built = false;

export interface Exit {
  /** null: ended by a signal. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ProcessOptions {
  /** Absolute. */
  dataDir: string;
  /** Added to the settings that make a server usable on loopback; `undefined` takes one away. */
  env?: Record<string, string | undefined>;
  /** Below the project; default: `dist/src/cli/main.js`, without what sets up the process before it. */
  main?: string;
  /** Arguments of `latchhook`; default `serve`. */
  args?: string[];
  /** A program, with its arguments, that runs the one given behind them. */
  through?: string[];
}

export interface SpawnedProcess {
  readonly pid: number;
  /** The URL, without a trailing slash, once it takes requests; rejects when it ends before. */
  readonly listening: Promise<string>;
  /** Resolves when it has ended and all that it wrote has been read. */
  readonly exited: Promise<Exit>;
  readonly stdout: string[];
  readonly stderr: string[];
  readonly stdin: NodeJS.WritableStream;
  /** The first line of either output that matches, past or to come; rejects when it ends without one. */
  said(pattern: RegExp): Promise<string>;
  /** Does nothing once it has ended. */
  kill(signal: NodeJS.Signals): void;
}

export interface ServerProcess extends SpawnedProcess {
  readonly url: string;
}

/** Starts `latchhook` and waits for nothing. */
export function spawnProcess({
  dataDir,
  env,
  main = MAIN,
  args = ['serve'],
  through = [],
}: ProcessOptions): SpawnedProcess {
  buildOnce();
  const [program = '', ...rest] = [...through, process.execPath, main, ...args];
  const child = spawn(program, rest, {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...settings(dataDir), ...storeSettings(dataDir), ...env },
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const lines = new EventEmitter().setMaxListeners(0);
  for (const [stream, kept] of [
    [child.stdout, stdout],
    [child.stderr, stderr],
  ] as const) {
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line);
      lines.emit('line', line);
    });
  }
  const exited = once(child, 'close').then(([code, signal]) => {
    living.delete(spawned);
    lines.emit('end');
    return { code, signal } as Exit;
  });
  // Nobody reads the input of one that ends early.
  child.stdin.on('error', () => {});

  function said(pattern: RegExp): Promise<string> {
    const past = [...stdout, ...stderr].find((line) => pattern.test(line));
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const onLine = (line: string) => {
        if (pattern.test(line)) settle(() => resolve(line));
      };
      const onEnd = () => settle(() => reject(new Error(`ended without ${pattern}:\n${stderr.join('\n')}`)));
      const settle = (then: () => void) => {
        lines.off('line', onLine).off('end', onEnd);
        then();
      };
      lines.on('line', onLine).on('end', onEnd);
    });
  }

  const listening = said(/"msg":"listening"/).then((line) => (JSON.parse(line) as { url: string }).url);
  // Those that wait for something else need not hear of it.
  listening.catch(() => {});
  const spawned: SpawnedProcess = {
    pid: child.pid ?? 0,
    listening,
    exited,
    stdout,
    stderr,
    stdin: child.stdin,
    said,
    kill: (signal) => void child.kill(signal),
  };
  living.add(spawned);
  return spawned;
}

/** Starts a server and waits until it takes requests. */
export async function startProcess(options: ProcessOptions): Promise<ServerProcess> {
  await prepareStore(options.dataDir);
  const spawned = spawnProcess(options);
  return Object.assign(spawned, { url: await spawned.listening });
}

/** Ends, by `kill -9`, every process that is still alive; for the end of a test. */
export async function endProcesses(): Promise<void> {
  await Promise.all(
    [...living].map((spawned) => {
      spawned.kill('SIGKILL');
      return spawned.exited;
    }),
  );
}

function settings(dataDir: string): Record<string, string> {
  return {
    LATCHHOOK_PORT: '0',
    LATCHHOOK_DATA_DIR: dataDir,
    LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
    LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
    LATCHHOOK_LOG_LEVEL: 'info',
  };
}

function buildOnce(): void {
  if (built) return;
  execFileSync(process.execPath, ['scripts/prepare.mjs'], { cwd: ROOT, stdio: 'inherit' });
  built = true;
}
