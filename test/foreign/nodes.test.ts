/** Every release of Node that is maintained: each installs, starts, delivers and stops. */
import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../demo/client.js';
import { environmentOf, nodeRelease } from '../support/foreign/node-release.js';
import { Terminal } from '../support/terminal.js';

const MINUTE = 60_000;
const EVENTS = 50_000;
const AT_ONCE = 500;
const PASSWORD = 'open-sesame';
const EVENT_TYPE = 'log.door_was_opened';
/** Those that share a clone: a later one finds what another Node has installed. */
const WITHOUT_COMPILER = [22, 24, 26];
const OWN = dirname(dirname(process.execPath));

let folder: string;
let clone: string;
let dataDir: string;
let terminal: Terminal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchhook-nodes-'));
  clone = join(folder, 'clone');
  execFileSync('git', ['clone', '-q', resolve('.'), clone]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  dataDir = await mkdtemp(join(folder, 'data-'));
});
afterEach(() => terminal?.ctrlC());

test.each(WITHOUT_COMPILER)(
  'on Node %i `npm start` in a clone delivers 50,000 events, each once, and stops at once when told',
  async (major) => {
    const output = await deliverAll(await nodeRelease(major), clone);
    expect(output).not.toContain('Compiling');
    expect(output.includes('Installing')).toBe(major === WITHOUT_COMPILER[0]);
  },
  10 * MINUTE,
);

test(
  'on Node 20 it does the same with the driver that was compiled for it',
  async () => {
    const own = process.versions.node.startsWith('20.');
    // Where the tests run on Node 20 it has been compiled for them already.
    await deliverAll(own ? OWN : await nodeRelease(20), own ? resolve('.') : clone);
  },
  10 * MINUTE,
);

/** Resolves with what was printed. */
async function deliverAll(node: string, cwd: string): Promise<string> {
  const receiver = await countingReceiver();
  const flags = `--port 0 --data-dir ${dataDir} --egress-allow 127.0.0.0/8 --log-level info`;
  const env = { ...environmentOf(node), LATCHHOOK_ADMIN_PASSWORD: PASSWORD };
  terminal = new Terminal(`cd ${cwd} && exec npm start -- ${flags}`, env);
  const url = await terminal.prints(/http:\/\/127\.0\.0\.1:\d+(?="|\s)/);
  const client = new ApiClient(url);
  await client.logIn('admin', PASSWORD);
  await client.createWebhook({
    url: receiver.url,
    status: 'active',
    event_types: [EVENT_TYPE],
    max_retries: 3,
    timeout: 10_000,
  });
  const batch = Array.from({ length: AT_ONCE }, () => ({ event_type: EVENT_TYPE }));
  for (let sent = 0; sent < EVENTS; sent += AT_ONCE) await client.postEvents(batch);
  await receiver.got(EVENTS);
  expect(await terminal.terminate()).toBe(0);
  expect(terminal.output).toMatch(/stopped\n/);
  // After the end, so that nothing comes later.
  expect(receiver.requests()).toBe(EVENTS);
  await receiver.close();
  return terminal.output;
}

/** Keeps of each request its id alone. */
async function countingReceiver() {
  const ids = new Set<string>();
  let requests = 0;
  const arrivals = new EventEmitter();
  const server = http.createServer((request, response) => {
    requests += 1;
    ids.add(String(request.headers['webhook-id']));
    request.resume().once('end', () => response.end());
    arrivals.emit('request');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests: () => requests,
    async got(n: number) {
      while (ids.size < n) await once(arrivals, 'request');
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
