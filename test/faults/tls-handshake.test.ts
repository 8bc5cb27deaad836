/** TLS clients that never finish their handshake, and what else comes to a port of TLS. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import type { HttpLimits } from '../../src/api/http-server.js';
import { connectRaw, readAnswer } from '../support/raw-http.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const folder = mkdtempSync(join(tmpdir(), 'latchhook-tls-'));
const cert = join(folder, 'cert.pem');
const key = join(folder, 'key.pem');
writeFileSync(cert, SELF_SIGNED.cert);
writeFileSync(key, SELF_SIGNED.key);
afterAll(() => rmSync(folder, { recursive: true }));

async function aTlsServer(httpLimits: Partial<HttpLimits>): Promise<TestServer> {
  const server = await startTestServer({
    env: { LATCHHOOK_TLS_CERT: cert, LATCHHOOK_TLS_KEY: key },
    httpLimits,
  });
  onTestFinished(server.stop);
  return server;
}

async function secured(server: TestServer): Promise<tls.TLSSocket> {
  const { hostname: host, port } = new URL(server.url);
  const socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false });
  socket.on('error', () => socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

const LIVE = 'GET /health/live HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n';
/** How a ClientHello of 512 bytes begins. */
const HELLO = Buffer.from('1603010200010001fc0303', 'hex');

const answers = async (server: TestServer) => {
  const socket = await secured(server);
  socket.write(LIVE);
  return (await readAnswer(socket)).status;
};

test('a client that says nothing is closed when the time for a handshake is over', async () => {
  const server = await aTlsServer({ handshakeMs: 200, checkMs: 50 });
  const silent = await Promise.all(Array.from({ length: 20 }, () => connectRaw(server.url)));

  const closed = await Promise.all(silent.map((socket) => readAnswer(socket)));

  expect(closed.map(({ all }) => all)).toEqual(silent.map(() => ''));
  expect(await answers(server)).toBe(200);
});

test('a byte now and then makes the time for a handshake no longer', async () => {
  const server = await aTlsServer({ handshakeMs: 400, checkMs: 50 });
  const socket = await connectRaw(server.url);
  let sent = 0;
  const more = setInterval(() => socket.write(HELLO.subarray(sent, ++sent)), 100);
  onTestFinished(() => clearInterval(more));

  expect((await readAnswer(socket)).all).toBe('');
  expect(sent).toBeLessThan(HELLO.length + 500);
});

test.each([
  ['HTTP', LIVE],
  ['noise', '\x00\x01\x02\x03\x04\x05\x06\x07\x08'],
  ['a handshake that breaks off', Buffer.concat([HELLO, Buffer.alloc(600, 0xff)])],
])('what is no TLS is closed at once: %s', async (_what, bytes) => {
  const server = await aTlsServer({ handshakeMs: 3_600_000 });
  const socket = await connectRaw(server.url);

  socket.write(bytes);

  await readAnswer(socket);
  expect(socket.destroyed).toBe(true);
});

test.each<[string, (socket: net.Socket) => void]>([
  ['with a FIN', (socket) => socket.end()],
  ['with a reset', (socket) => socket.resetAndDestroy()],
])('a client that leaves within its handshake %s leaves nothing behind', async (_how, leave) => {
  const server = await aTlsServer({
    handshakeMs: 500,
    checkMs: 50,
    connectionsOfAddress: 1,
    sharedAddresses: [],
  });
  const socket = await connectRaw(server.url);
  socket.on('error', () => {});
  socket.write(HELLO);
  leave(socket);

  // Its place is the only one.
  const answered = () => answers(server).catch(() => 0);
  expect(
    await until(
      () => answered(),
      (status) => status === 200,
      5_000,
    ),
  ).toBe(200);
});

test('a silent client does not hold up a stop', async () => {
  const server = await aTlsServer({ handshakeMs: 3_600_000, stopMs: 100 });
  const socket = await connectRaw(server.url);

  await server.stop();

  expect((await readAnswer(socket)).all).toBe('');
});

test('pipelined requests are bounded under TLS as they are without', async () => {
  const server = await aTlsServer({});
  const few = await secured(server);
  const many = await secured(server);
  const asked = 'GET /x HTTP/1.1\r\nHost: door\r\n\r\n';

  few.write(asked.repeat(15) + LIVE);
  many.write(asked.repeat(2_000));

  const [all, cut] = await Promise.all([readAnswer(few), readAnswer(many)]);

  expect(all.all.match(/HTTP\/1\.1 /g)).toHaveLength(16);
  expect(cut.all.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThan(17);
});
