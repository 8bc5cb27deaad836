import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endProcesses, spawnProcess } from '../support/process.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
});
afterEach(async () => {
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a SIGTERM in the instant in which the server begins to listen stops it cleanly', async () => {
  const server = spawnProcess({ dataDir });
  await server.said(/"msg":"listening"/);

  server.kill('SIGTERM');

  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(server.stderr.at(-1)).toBe('latchhook: stopped');
});
