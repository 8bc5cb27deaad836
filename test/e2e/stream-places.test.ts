import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { afterwards, aServer } from '../support/ephemeral.js';
import { connectRaw } from '../support/raw-http.js';
import { ADMIN_PASSWORD, basic } from '../support/server.js';
import { readStream } from '../support/stream.js';
import { until } from '../support/until.js';

describe('the places of the stream', () => {
  it('refuse more of one user than it may have, while others still get theirs', async () => {
    const server = await aServer({ httpLimits: { streamsOfCredential: 2 } });
    const authorization = await server.account('wall', 'user');
    const own = [
      await readStream(server.url, { authorization }),
      await readStream(server.url, { authorization }),
    ];

    const open = () => server.call('GET', '/api/v1/stream', { headers: { authorization } });
    const refused = await open();
    const other = await server.admin('GET', '/api/v1/stream');
    for (const stream of own) stream.close();
    await until(open, ({ status }) => status === 200);

    expect(refused).toMatchObject({ status: 429, json: { error: 'Too many streams of one user or key' } });
    expect(refused.headers['retry-after']).toBe('10');
    expect(other.status).toBe(200);
  });

  it('give back the places of clients that leave while their credentials are looked up', async () => {
    const server = await aServer({ httpLimits: { streams: 1 } });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const credentials: string[] = [];
    for (const name of names) credentials.push(await server.account(`reader-${name}`, 'user'));

    await Promise.all(
      credentials.map(async (authorization) => {
        const socket = await connectRaw(server.url);
        const closed = once(socket, 'close');
        // The server says so before it looks at who is asking, which takes it a while each time.
        socket.write(
          `GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nAuthorization: ${authorization}\r\n\r\n`,
        );
        await once(socket, 'readable');
        socket.resetAndDestroy();
        await closed;
      }),
    );

    // Shares the look at the same credentials, or comes behind it.
    for (const authorization of credentials) {
      await server.call('GET', '/api/v1/webhooks', { headers: { authorization } });
    }

    const next = await until(
      () => server.admin('GET', '/api/v1/stream'),
      ({ status }) => status !== 503,
      2_000,
    );
    expect(next.status).toBe(200);
  });

  it('give back the place of a stream that waits behind another on its connection', async () => {
    const server = await aServer({ httpLimits: { streams: 2 } });
    const socket = await connectRaw(server.url);
    const line = `GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('admin', ADMIN_PASSWORD)}\r\n\r\n`;
    socket.write(line + line);
    const open = () => server.admin('GET', '/api/v1/stream');
    await until(open, ({ status }) => status === 503);

    socket.destroy();
    const stream = await until(
      () => readStream(server.url, { authorization: basic('admin', ADMIN_PASSWORD) }),
      ({ status }) => status === 200,
      2_000,
    );
    afterwards(async () => stream.close());

    expect((await until(open, ({ status }) => status === 200, 2_000)).status).toBe(200);
  });
});
