import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { aServer } from '../support/ephemeral.js';
import { ADMIN_PASSWORD, basic, type TestServer } from '../support/server.js';

const LIMIT = 8 * 1024 * 1024;
const BODY = Buffer.from(
  JSON.stringify({ event_type: 'log.tamper_event', data: { text: 'x'.repeat(1_000) } }),
);

const send = (server: TestServer, encoding: string, body: Uint8Array, path = '/api/v1/events') =>
  server.call('POST', path, {
    body,
    headers: { authorization: basic('admin', ADMIN_PASSWORD), 'content-encoding': encoding },
  });

test.each([
  ['gzip', 'gzip', gzipSync(BODY)],
  ['gzip by its old name', 'X-Gzip', gzipSync(BODY)],
  ['deflate', 'deflate', deflateSync(BODY)],
  ['deflate without the format of zlib', 'deflate', deflateRawSync(BODY)],
  ['brotli', 'br', brotliCompressSync(BODY)],
  ['none', 'identity', BODY],
])('a body in %s is read', async (_, encoding, body) => {
  const server = await aServer();
  expect(await send(server, encoding, body)).toMatchObject({ status: 202 });
  const event = await server.admin('GET', '/api/v1/events/1');
  expect(event.json).toMatchObject({ data: { text: 'x'.repeat(1_000) } });
});

test.each([
  ['another encoding', 'zstd', BODY, 415, 'Unsupported Content-Encoding'],
  ['two of them', 'gzip, br', gzipSync(BODY), 415, 'Unsupported Content-Encoding'],
  ['what is not so encoded', 'gzip', BODY, 400, 'Request body is not as its Content-Encoding says'],
  [
    'what ends too early',
    'gzip',
    gzipSync(BODY).subarray(0, 30),
    400,
    'Request body is not as its Content-Encoding says',
  ],
  [
    'what ends too early in brotli',
    'br',
    brotliCompressSync(BODY).subarray(0, 20),
    400,
    'Request body is not as its Content-Encoding says',
  ],
  [
    'what has something behind it',
    'gzip',
    Buffer.concat([gzipSync(BODY), BODY]),
    400,
    'Request body is not as its Content-Encoding says',
  ],
  ['what becomes too large', 'gzip', gzipSync(Buffer.alloc(LIMIT + 1, ' ')), 413, 'Request body too large'],
  ['a bomb', 'gzip', gzipSync(Buffer.alloc(64 * LIMIT, ' ')), 413, 'Request body too large'],
  [
    'a bomb in brotli',
    'br',
    brotliCompressSync(Buffer.alloc(64 * LIMIT, ' ')),
    413,
    'Request body too large',
  ],
])('%s is refused, and the connection serves the next request', async (_, encoding, body, status, error) => {
  const server = await aServer();
  const answer = await send(server, encoding, body);
  expect(answer).toMatchObject({ status, json: { error } });
  expect(answer.headers['accept-encoding']).toBe(status === 415 ? 'gzip, deflate, br' : undefined);
  expect(await send(server, 'gzip', gzipSync(BODY))).toMatchObject({ status: 202 });
});

test('a body just within the limit is read when it is decoded', async () => {
  const server = await aServer();
  const padded = Buffer.concat([BODY, Buffer.alloc(LIMIT - BODY.length, ' ')]);
  for (const [encoding, body] of [
    ['gzip', gzipSync(padded)],
    ['br', brotliCompressSync(padded)],
  ] as const) {
    expect(await send(server, encoding, body)).toMatchObject({ status: 202 });
  }
});

test('many encoded bodies at once are all read, whatever memory decoding one may take', async () => {
  const server = await aServer();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      send(server, n % 2 ? 'br' : 'gzip', n % 2 ? brotliCompressSync(BODY) : gzipSync(BODY)),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
});

test('what needs no credentials takes no encoded body', async () => {
  const server = await aServer();
  const body = gzipSync(JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }));
  const answer = await server.call('POST', '/api/v1/login', {
    body,
    headers: { 'content-encoding': 'gzip' },
  });
  expect(answer).toMatchObject({ status: 415, json: { error: 'Unsupported Content-Encoding' } });
});
