import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { failure } from '../../src/engine/failure.js';
import { parseExposition } from '../support/exposition.js';
import { readAnswer } from '../support/raw-http.js';
import { startTestServer } from '../support/server.js';
import { until } from '../support/until.js';

const CONNECTIONS = 3;

test('closes connections past its limit, and serves again when others have gone', async () => {
  // given as many idle connections as there may be
  const server = await startTestServer({ httpLimits: { connections: CONNECTIONS } });
  onTestFinished(server.stop);
  const { hostname: host, port } = new URL(server.url);
  const idle = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = net.connect({ host, port: Number(port) });
      await once(socket, 'connect');
      return socket;
    }),
  );
  // when one more comes, it is closed without a word
  await expect(server.call('GET', '/api/info')).rejects.toThrow();
  // then there is room again once they are gone
  for (const socket of idle) {
    socket.destroy();
    await once(socket, 'close');
  }
  const answers = async () =>
    server.call('GET', '/api/info').then(
      ({ status }) => status,
      () => null,
    );
  let status = await answers();
  for (let n = 0; n < 1_000 && status === null; n++) status = await answers();
  expect(status).toBe(200);
});

test('closes what comes past the limit of one address, and lets others and proxies in', async () => {
  // given one address that has all it may have
  const server = await startTestServer({
    httpLimits: { connectionsOfAddress: CONNECTIONS, sharedAddresses: [] },
    env: { LATCHHOOK_TRUST_PROXY: '127.0.0.3' },
  });
  onTestFinished(server.stop);
  const connect = async (localAddress: string) => {
    const { hostname: host, port } = new URL(server.url);
    const socket = net.connect({ host, port: Number(port), localAddress });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  const answered = async (socket: net.Socket) => {
    socket.write('GET /health/live HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n');
    return (await readAnswer(socket)).status;
  };
  const idle: net.Socket[] = [];
  for (let n = 0; n < CONNECTIONS; n++) idle.push(await connect('127.0.0.2'));
  await server.call('GET', '/health/live');

  // when one more comes from there, it is closed without a word
  expect(await answered(await connect('127.0.0.2'))).toBe(0);
  // then others are served, and the proxy's many
  expect(await answered(await connect('127.0.0.4'))).toBe(200);
  for (let n = 0; n <= CONNECTIONS; n++) idle.push(await connect('127.0.0.3'));
  expect(await answered(await connect('127.0.0.3'))).toBe(200);
  const { value } = parseExposition((await server.call('GET', '/metrics')).text);
  expect(value('latchhook_connections_cut_total', { reason: 'address' })).toBe(1);
  // and there is room again once one of its connections has gone
  idle[0]?.destroy();
  await until(
    async () => answered(await connect('127.0.0.2')),
    (status) => status === 200,
    2_000,
  );
});

test.each(['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS'])(
  'an attempt for which this machine had no means (%s) takes no retry from the receiver',
  (code) => {
    const error = Object.assign(new Error('connect'), { code });
    expect(failure(error, 'connecting', false).kind).toBe('aborted');
  },
);
