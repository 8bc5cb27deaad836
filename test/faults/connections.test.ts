import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { failure } from '../../src/engine/failure.js';
import { startTestServer } from '../support/server.js';

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

test.each(['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS'])(
  'an attempt for which this machine had no means (%s) takes no retry from the receiver',
  (code) => {
    const error = Object.assign(new Error('connect'), { code });
    expect(failure(error, 'connecting', false).kind).toBe('aborted');
  },
);
