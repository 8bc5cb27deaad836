import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Program } from '../support/program.js';
import { startTestServer } from '../support/server.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const migrate = (args: string[], env: Record<string, string> = {}) =>
  new Program(['migrate-store', ...args], { LATCHHOOK_DATA_DIR: folder, ...env }).ended();

test('migrate-store says in one line what it cannot do, and shows no password', async () => {
  const [keyless, nonsense, nowhere, huge] = await Promise.all([
    migrate(['--to', `sqlite:${folder}/new/latchhook.db`]),
    migrate(['--to', 'mysql://root:geheim@localhost/doors']),
    migrate(['--from', 'sqlite:/elsewhere/latchhook.db']),
    migrate(['--to', `sqlite:${folder}/new/latchhook.db`, '--rows', '0'], {
      LATCHHOOK_SECRET_KEY: '0'.repeat(64),
    }),
  ]);

  const line = (text: string) => ({ code: 1, stdout: '', stderr: `latchhook: ${text}\n` });
  expect(keyless).toEqual(
    line(
      `there is no key at ${folder}/secret.key: set LATCHHOOK_SECRET_KEY, or name the data folder of the source with --data-dir`,
    ),
  );
  expect(nonsense).toEqual(line('--to must be sqlite:<path> or postgres://…'));
  expect(nowhere).toEqual(
    line('where to is not said: give --to, or LATCHHOOK_DATABASE_URL, which others cannot read'),
  );
  expect(huge).toEqual(line('--rows must be an integer from 1 to 10000'));
});

test('the key of the data folder is used, and named for the server that comes', async () => {
  const server = await startTestServer({
    env: { LATCHHOOK_DATA_DIR: folder, LATCHHOOK_DATABASE_URL: `sqlite:${folder}/latchhook.db` },
  });
  await server.stop();

  const moved = await migrate(['--to', `sqlite:${folder}/new/latchhook.db`]);

  expect([moved.code, moved.stdout]).toEqual([
    0,
    expect.stringContaining(
      `Give it the key of ${folder}/secret.key: the same file, or LATCHHOOK_SECRET_KEY.`,
    ),
  ]);
});
