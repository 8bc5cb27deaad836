import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../demo/client.js';
import { startReceiver } from './support/receiver.js';
import { Terminal } from './support/terminal.js';

const PASSWORD = 'open-sesame';

let dataDir: string;
let terminal: Terminal;
let url: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchhook-start-'));
  const flags = `--port 0 --data-dir ${dataDir} --egress-allow 127.0.0.0/8`;
  const env = { ...process.env, LATCHHOOK_ADMIN_PASSWORD: PASSWORD };
  terminal = new Terminal(`npm start -- ${flags}`, env);
  url = await terminal.prints(/http:\/\/127\.0\.0\.1:\d+(?="|\s)/);
  // It has its handlers once it answers.
  await fetch(`${url}/health/ready`);
});
afterEach(async () => {
  await terminal.ctrlC();
  await rm(dataDir, { recursive: true, force: true });
});

test('npm start passes flags on, hands SIGTERM to the server, and gives its exit code back', async () => {
  expect(url).not.toContain(':8480');
  expect(await terminal.terminate()).toBe(0);
  expect(terminal.output).toContain('SIGTERM: stopping');
  expect(terminal.output).toMatch(/stopped\n/);
});

test('one Ctrl-C lets an attempt under way end, though npm hands it on a second time', async () => {
  let answer = (_status: number) => {};
  const answered = new Promise<number>((resolve) => {
    answer = resolve;
  });
  const receiver = await startReceiver({ answer: () => answered });
  const client = new ApiClient(url);
  await client.logIn('admin', PASSWORD);
  const event_type = 'log.door_was_opened';
  await client.createWebhook({
    url: receiver.url,
    status: 'active',
    event_types: [event_type],
    max_retries: 1,
  });
  await client.postEvents({ event_type });
  await receiver.next(1);

  const gone = terminal.ctrlC();
  await terminal.prints(/SIGINT: stopping/);
  // Meanwhile npm passes it on: most often as a signal of its own, now and then merged with the first.
  await fetch(`${url}/health/ready`).catch(() => null);
  answer(200);
  await gone;
  expect(terminal.output).toMatch(/latchhook: stopped\n/);
  await receiver.close();
});
