import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Terminal } from './support/terminal.js';

let dataDir: string;
let terminal: Terminal;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchhook-start-'));
  terminal = new Terminal(`npm start -- --port 0 --data-dir ${dataDir}`);
});
afterEach(async () => {
  await terminal.ctrlC();
  await rm(dataDir, { recursive: true, force: true });
});

test('npm start passes flags on, hands SIGTERM to the server, and gives its exit code back', async () => {
  const url = await terminal.prints(/http:\/\/127\.0\.0\.1:\d+(?="|\s)/);
  expect(url).not.toContain(':8480');
  const health = await fetch(`${url}/health/ready`);
  expect(health.status).toBe(200);

  expect(await terminal.terminate()).toBe(0);
  expect(terminal.output).toContain('SIGTERM: stopping');
  expect(terminal.output).toMatch(/stopped\n/);
});
