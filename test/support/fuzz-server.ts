/** A server in a process of its own that tells its memory after a forced collection. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ADMIN_PASSWORD } from './server.js';
import { dropStore, prepareStore } from './store.js';

export interface FuzzServer {
  url: string;
  /** Bytes in use, after a forced collection. */
  memory(): Promise<number>;
  /** False once it has ended by itself. */
  alive(): boolean;
  stop(): Promise<void>;
}

export async function startFuzzServer(): Promise<FuzzServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-fuzz-'));
  const store = await prepareStore(dataDir);
  const child = fork('dist/src/cli/main.js', ['serve'], {
    execArgv: ['--expose-gc', '--require', './test/support/memory-probe.cjs'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      LATCHHOOK_PORT: '0',
      LATCHHOOK_DATA_DIR: dataDir,
      LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
      LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
      ...store,
    },
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    ended.then(() => reject(new Error('the server ended before it listened')));
    if (!child.stdout) throw new Error('no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { msg: string; url: string };
      if (said.msg === 'listening') resolve(said.url);
    });
  });
  return {
    url,
    async memory() {
      child.send('memory');
      const [bytes] = (await once(child, 'message')) as [number];
      return bytes;
    },
    alive: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await dropStore(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
