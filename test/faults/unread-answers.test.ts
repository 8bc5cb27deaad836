/** Clients that ask for more than they read: what a connection owes is bounded, and so is the time for which it is owed. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parseExposition } from '../support/exposition.js';
import { residentMiB } from '../support/memory.js';
import { endProcesses, startProcess } from '../support/process.js';
import { connectRaw, readAnswer } from '../support/raw-http.js';
import { ADMIN_PASSWORD, basic, startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const AUTH = `Authorization: ${basic('admin', ADMIN_PASSWORD)}\r\n`;
const MOST = 16;
const LOG_IN = '{"username":"nobody","password":"nothing"}';

const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
afterAll(async () => {
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: door\r\n${headers}\r\n`;
const statuses = (all: string) => all.match(/HTTP\/1\.1 \d+/g)?.length ?? 0;

const cuts = async (server: TestServer, reason: string) => {
  const { value } = parseExposition((await server.call('GET', '/metrics')).text);
  return value('latchhook_connections_cut_total', { reason }) ?? 0;
};

test.each([
  ['a path that does not exist', get('/x')],
  ['device info', get('/api/info')],
  ['health', get('/health/live')],
  ['a call with credentials', get('/api/v1/webhooks', AUTH)],
  ['a call without credentials', get('/api/v1/webhooks')],
  ['a path that cannot be decoded', get('/%zz')],
  ['a request without Host', 'GET / HTTP/1.1\r\n\r\n'],
  ['an expectation', get('/', 'Expect: a-miracle\r\n')],
  [
    'a log-in',
    `POST /api/v1/login HTTP/1.1\r\nHost: door\r\nContent-Length: ${LOG_IN.length}\r\n\r\n${LOG_IN}`,
  ],
])('a connection with 17 unanswered requests is cut: %s', async (_what, bytes) => {
  const server = await startTestServer();
  onTestFinished(server.stop);
  const socket = await connectRaw(server.url);

  socket.write(bytes.repeat(MOST + 1));
  await readAnswer(socket);

  expect(await cuts(server, 'pipelining')).toBe(1);
});

test('a client that pipelines 16 requests at a time gets all answers, in their order', async () => {
  const server = await startTestServer();
  onTestFinished(server.stop);
  const socket = await connectRaw(server.url);
  let all = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  const answers = (count: number) =>
    until(
      async () => server.call('GET', '/health/live').then(() => statuses(all)),
      (seen) => seen === count,
      5_000,
    );
  const paths = Array.from({ length: MOST }, (_, n) => (n % 2 === 0 ? '/api/info' : '/x'));

  for (let round = 1; round <= 20; round++) {
    socket.write(paths.map((path) => get(path)).join(''));
    await answers(round * MOST);
  }
  socket.destroy();

  const seen = all.match(/HTTP\/1\.1 \d+/g)?.slice(0, 4);
  expect(seen).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 404']);
  expect(await cuts(server, 'pipelining')).toBe(0);
});

test('requests whose answers nobody reads take no memory to speak of, whatever their number', async () => {
  const server = await startProcess({
    dataDir,
    env: { NODE_OPTIONS: '--max-old-space-size=512 --max-semi-space-size=8' },
  });
  const { hostname: host, port } = new URL(server.url);
  const alive = async () => expect((await fetch(`${server.url}/api/info`)).status).toBe(200);
  await alive();
  const before = residentMiB(server.pid);

  const sockets: net.Socket[] = [];
  for (let n = 0; n < 60; n++) {
    const socket = net.connect({ host, port: Number(port) }).on('error', () => {});
    await once(socket, 'connect');
    socket.pause();
    socket.write('GET /x HTTP/1.1\r\nHost:\r\n\r\n'.repeat(2_500));
    sockets.push(socket);
    await alive();
  }

  expect(residentMiB(server.pid) - before).toBeLessThan(100);
  for (const socket of sockets) socket.destroy();
  // One line for all of them.
  const lines = server.stdout.filter((line) => line.includes('"reason":"pipelining"'));
  expect(lines).toHaveLength(1);
});

/** An answer of 3 MB. */
async function longLog(server: TestServer): Promise<string> {
  const event = { event_type: 'log.device_booted', data: { text: 'x'.repeat(60_000) } };
  const body = Array.from({ length: 50 }, () => event);
  await server.call('POST', '/api/v1/events', {
    headers: { authorization: basic('admin', ADMIN_PASSWORD) },
    body,
  });
  return get('/api/v1/log/items?limit=50', AUTH);
}

test('a connection whose answers are not read for a minute is cut, and one that reads slowly gets them all', async () => {
  const server = await startTestServer({ httpLimits: { unreadMs: 1_500, checkMs: 50 } });
  onTestFinished(server.stop);
  const request = await longLog(server);
  const [dead, slow] = [await connectRaw(server.url), await connectRaw(server.url)];
  dead.pause();
  onTestFinished(() => void dead.destroy());

  dead.write(request.repeat(12));
  slow.write(request.repeat(11) + get('/api/v1/log/items?limit=50', `${AUTH}Connection: close\r\n`));
  let received = 0;
  let cut = 0;
  for await (const chunk of slow) {
    received += (chunk as Buffer).length;
    // As slow as it may be: it goes on only now and then until the other one is cut.
    if (cut === 0) cut = await cuts(server, 'unread');
  }

  await until(
    () => cuts(server, 'unread'),
    (count) => count === 1,
  );
  expect(received).toBeGreaterThan(12 * 50 * 60_000);
});

test('a connection that we have ended is given up when the other side does not let go', async () => {
  const server = await startTestServer({ httpLimits: { goodbyeMs: 300, checkMs: 50 } });
  onTestFinished(server.stop);
  const request = await longLog(server);
  const socket = await connectRaw(server.url);
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(request.repeat(12));
  // Answers are under way once something has come.
  await once(socket, 'readable');

  // Its FIN ends our side too, behind answers that nobody reads.
  socket.end();

  const cut = await until(
    () => cuts(server, 'goodbye'),
    (count) => count > 0,
  );
  expect(cut).toBe(1);
});
