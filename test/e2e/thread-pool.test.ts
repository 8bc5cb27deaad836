/** Names, passwords and files share one pool of threads; Linux says how many a process has. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { afterwards } from '../support/ephemeral.js';

const POOL = 32;
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  bin: { latchhook: string };
  scripts: { start: string };
};

/** Runs it until it listens, so that the password of the first administrator was hashed in the pool. */
async function threadsOf(
  [program = '', ...args]: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], LATCHHOOK_PORT: '0', LATCHHOOK_DATA_DIR: dataDir, ...env },
  });
  afterwards(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  });
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"msg":"listening"')) return readdirSync(`/proc/${child.pid}/task`).length;
  }
  throw new Error('ended before it listened');
}

test.each([
  ['installed', ['node', manifest.bin.latchhook, 'serve']],
  ['by npm start', manifest.scripts.start.replace(/^exec /, '').split(' ')],
])(
  'a server that is started %s has 32 threads for names and passwords, and as many as are asked for',
  async (_, command) => {
    const usual = await threadsOf(command);
    const fewer = await threadsOf(command, { UV_THREADPOOL_SIZE: '5' });
    expect(usual - fewer).toBe(POOL - 5);
  },
);
