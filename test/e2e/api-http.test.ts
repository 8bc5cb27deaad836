import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRaw, parseAnswer, type RawAnswer, readAnswer, sendRaw } from '../support/raw-http.js';
import { ADMIN_PASSWORD, basic, startTestServer, type TestServer } from '../support/server.js';

const MIB = 1024 * 1024;
const AUTH = `Authorization: ${basic('admin', ADMIN_PASSWORD)}\r\n`;
const EVENT = '{"event_type":"log.device_booted"}';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    httpLimits: { headersMs: 200, requestMs: 400, checkMs: 50, stopMs: 500 },
  });
});

afterAll(() => server.stop());

/** The server lives and answers. */
const expectAlive = async () =>
  expect(await server.call('GET', '/health/ready')).toMatchObject({ status: 200 });

const expectError = (answer: RawAnswer, status: number, error: string) => {
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body: JSON.stringify({ error }) });
  expect(answer.headers).toMatchObject({
    'content-type': expect.stringMatching(/^application\/json/),
    'x-content-type-options': 'nosniff',
  });
};

const request = (line: string, headers = '', body = '') =>
  `${line} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n${headers}\r\n${body}`;

describe('what is not HTTP is answered in the one shape of errors', () => {
  test.each([
    ['noise', '\x00\x01\x02\r\n\r\n'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01'],
    ['an unknown method', 'FETCH / HTTP/1.1\r\nHost: door\r\n\r\n'],
    ['an unknown version', 'GET / HTTP/9.9\r\nHost: door\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost door\r\n\r\n'],
    ['a header folded over lines', 'GET / HTTP/1.1\r\nHost: door\r\nX: a\r\n b\r\n\r\n'],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : door\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: door\r\nContent-Length: -1\r\n\r\n'],
    [
      'a length beside chunks',
      'POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'an encoding that does not end in chunks',
      'POST / HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: gzip\r\n\r\nx',
    ],
    ['a zero byte in the path', 'GET /\0 HTTP/1.1\r\nHost: door\r\n\r\n'],
  ])('%s', async (_what, bytes) => {
    expectError(await sendRaw(server.url, Buffer.from(bytes, 'latin1')), 400, 'Bad request');
    await expectAlive();
  });

  test.each([
    ['no Host', 'GET /api/info HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two Hosts', request('GET /api/info', 'Host: window\r\n')],
    ['two Authorizations', request('GET /api/v1/webhooks', `${AUTH}${AUTH}`)],
    [
      'two idempotency keys',
      request(
        'POST /api/v1/events',
        `${AUTH}Idempotency-Key: a\r\nidempotency-key: b\r\nContent-Length: ${EVENT.length}\r\n`,
        EVENT,
      ),
    ],
  ])('%s', async (_what, bytes) => {
    expectError(await sendRaw(server.url, bytes), 400, 'Bad request');
  });

  test('headers past 16 KiB, and a path past them', async () => {
    const long = 'x'.repeat(20_000);

    expectError(
      await sendRaw(server.url, request('GET /', `X: ${long}\r\n`)),
      431,
      'Request header fields too large',
    );
    expectError(await sendRaw(server.url, request(`GET /${long}`)), 431, 'Request header fields too large');
  });

  test('CONNECT', async () => {
    const answer = await sendRaw(server.url, 'CONNECT door:443 HTTP/1.1\r\nHost: door:443\r\n\r\n');

    expectError(answer, 405, 'Method not allowed');
    expect(answer.headers['allow']).toBe('GET, HEAD, POST, PUT, DELETE');
  });
});

describe('a request that no route answers', () => {
  test.each([
    '/nope',
    '/api/v1',
    '/api/v1/webhooks/1/2',
    '/api/v1/Webhooks',
    '/%zz',
    '/%ff?a=%zz',
    '//',
    '/..%2f',
  ])('is not found: %s', async (path) => {
    expectError(await sendRaw(server.url, request(`GET ${path}`)), 404, 'Not found');
  });

  test.each([
    ['PATCH', '/api/v1/webhooks/1', 'GET, HEAD, PUT, DELETE'],
    ['DELETE', '/api/v1/webhooks?x=1', 'GET, HEAD, POST'],
    ['POST', '/api/info', 'GET, HEAD'],
    ['OPTIONS', '/api/v1/login', 'GET, HEAD, POST'],
    ['TRACE', '/api/v1/events', 'GET, HEAD, POST'],
    ['PROPFIND', '/health/live', 'GET, HEAD'],
  ])('says what is allowed: %s %s', async (method, path, allow) => {
    const answer = await sendRaw(server.url, request(`${method} ${path}`, 'Content-Length: 0\r\n'));

    expectError(answer, 405, 'Method not allowed');
    expect(answer.headers['allow']).toBe(allow);
  });

  test('is judged by its path when the target is a whole URL', async () => {
    expect(await sendRaw(server.url, request('GET http://door/api/info'))).toMatchObject({ status: 200 });
    expectError(await sendRaw(server.url, request('GET http://door/nope')), 404, 'Not found');
  });
});

describe('a body', () => {
  const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    server.call('POST', path, {
      body,
      headers: { authorization: basic('admin', ADMIN_PASSWORD), ...headers },
    });
  const tooLarge = { status: 413, json: { error: 'Request body too large' } };

  test('of 8 MiB of events is read, and one byte more is too large', async () => {
    const padded = (size: number) => EVENT.padEnd(size, ' ');

    expect(await post('/api/v1/events', padded(8 * MIB))).toMatchObject({ status: 202 });
    expect(await post('/api/v1/events', padded(8 * MIB + 1))).toMatchObject(tooLarge);
  });

  test('of anything else ends where the longest values of its members do', async () => {
    const webhook = (size: number) => '{"url":1}'.padEnd(size, ' ');
    const login = (size: number) => '{"username":"nobody","password":"nothing"}'.padEnd(size, ' ');

    expect(await post('/api/v1/webhooks', webhook(128 * 1024))).toMatchObject({
      status: 400,
      json: { error: 'Wrong JSON body: no value for status' },
    });
    expect(await post('/api/v1/webhooks', webhook(256 * 1024 + 1))).toMatchObject(tooLarge);
    expect(await post('/api/v1/login', login(4 * 1024))).toMatchObject({
      status: 400,
      json: { error: 'Wrong login or password' },
    });
    expect(await post('/api/v1/login', login(4 * 1024 + 1))).toMatchObject(tooLarge);
    expect(await post('/api/v1/logout', login(4 * 1024 + 1))).toMatchObject(tooLarge);
  });

  test('is too large in chunks as well, and when its length alone says so', async () => {
    const chunk = `${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`;
    const chunked = request(
      'POST /api/v1/login',
      'Transfer-Encoding: chunked\r\n',
      `${chunk.repeat(5)}0\r\n\r\n`,
    );
    const announced = request('POST /api/v1/login', 'Content-Length: 99999999999\r\n');

    expectError(await sendRaw(server.url, chunked), 413, 'Request body too large');
    expectError(await sendRaw(server.url, announced), 413, 'Request body too large');
  });

  test('is not waited for when the credentials are wrong', async () => {
    const answer = await sendRaw(server.url, request('POST /api/v1/events', 'Content-Length: 1000\r\n'));

    expectError(answer, 401, 'Log In');
  });

  const NOT_UTF8 = 'Wrong JSON body: not UTF-8';
  test.each<[string, Uint8Array | string, string]>([
    ['UTF-16', Buffer.from(EVENT, 'utf16le'), 'Wrong JSON body'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), NOT_UTF8],
    ['gzip, and does not say so,', Buffer.from('1f8b0800000000000003ab56ca4d2c01', 'hex'), NOT_UTF8],
    ['JSON 1,000,000 deep', '['.repeat(1_000_000), 'Wrong JSON body'],
    ['nothing', '', 'Wrong JSON body'],
  ])('that is %s is no JSON', async (_what, body, error) => {
    expect(await post('/api/v1/events', body)).toMatchObject({ status: 400, json: { error } });
    await expectAlive();
  });

  test('with a byte order mark is read', async () => {
    expect(await post('/api/v1/events', `\ufeff${EVENT}`)).toMatchObject({ status: 202 });
  });

  test('in chunks is read', async () => {
    const body = `${EVENT.length.toString(16)}\r\n${EVENT}\r\n0\r\n\r\n`;
    const answer = await sendRaw(
      server.url,
      request('POST /api/v1/events', `${AUTH}Transfer-Encoding: chunked\r\n`, body),
    );

    expect(answer.status).toBe(202);
  });

  test.each(['application/json', 'no media type', ''])(
    'is not needed for GET, DELETE and logout under the type "%s"',
    async (type) => {
      const headers = { authorization: basic('admin', ADMIN_PASSWORD), 'content-type': type };
      const call = (method: string, path: string) => server.call(method, path, { headers });

      expect(await call('GET', '/api/v1/webhooks')).toMatchObject({ status: 200 });
      expect(await call('POST', '/api/v1/logout')).toMatchObject({ status: 200 });
      expect(await call('DELETE', '/api/v1/webhooks/77')).toMatchObject({
        json: { error: 'Wrong webhook uid' },
      });
    },
  );

  test('is asked for when the client waits for that, and other expectations are ignored', async () => {
    const socket = await connectRaw(server.url);
    socket.write(
      request('POST /api/v1/events', `${AUTH}Expect: 100-continue\r\nContent-Length: ${EVENT.length}\r\n`),
    );
    await once(socket, 'readable');
    expect(String(socket.read())).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(EVENT);
    expect((await readAnswer(socket)).status).toBe(202);

    expect((await sendRaw(server.url, request('GET /api/info', 'Expect: a-miracle\r\n'))).status).toBe(200);
  });
});

describe('a client that is too slow', () => {
  test('with its headers is told so and left', async () => {
    const socket = await connectRaw(server.url);
    socket.write('GET /api/info HTTP/1.1\r\nHost: do');

    expectError(await readAnswer(socket), 408, 'Request timeout');
  });

  test('with its body is told so and left', async () => {
    const socket = await connectRaw(server.url);
    socket.write(request('POST /api/v1/events', `${AUTH}Content-Length: 100\r\n`, '{'));

    expectError(await readAnswer(socket), 408, 'Request timeout');
    await expectAlive();
  });

  test('or goes away in the middle of its body leaves nothing behind', async () => {
    const socket = await connectRaw(server.url);
    socket.write(request('POST /api/v1/events', `${AUTH}Expect: 100-continue\r\nContent-Length: 100\r\n`));
    await once(socket, 'readable');
    socket.destroy();

    await expectAlive();
  });
});

describe('answers', () => {
  test('are never kept by a cache nor taken for a page', async () => {
    for (const path of ['/api/info', '/nope', '/api/v1/webhooks']) {
      const { headers } = await server.call('GET', path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'content-type': expect.stringMatching(/^application\/json/),
      });
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  test('come in the order of the requests on one connection', async () => {
    const socket = await connectRaw(server.url);
    socket.write(
      'GET /nope HTTP/1.1\r\nHost: door\r\n\r\nGET /api/info HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n',
    );

    const { all } = await readAnswer(socket);

    expect(all.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  test('of device info have every member that the panels’ clients read', async () => {
    const { json } = await server.call('GET', '/api/info');

    const { hybrid_enable, ...texts } = json as Record<string, unknown>;
    expect(hybrid_enable).toBe(false);
    expect(texts).toMatchObject({ api_version: '2.15.0', device_type: 'panel' });
    expect(Object.keys(texts).sort()).toEqual([
      'api_version',
      'commit',
      'device_model',
      'device_name',
      'device_serial_number',
      'device_type',
      'firmware_version',
      'framework_version',
      'frontend_version',
      'hybrid_version',
      'mcu_version',
    ]);
    expect(Object.values(texts).every((value) => typeof value === 'string' && value !== '')).toBe(true);
  });
});

describe('a stop', () => {
  test('lets what is under way end, and closes its connection', async () => {
    const stopping = await startTestServer({ httpLimits: { stopMs: 5_000 } });
    const socket = await connectRaw(stopping.url);
    socket.write(
      `POST /api/v1/events HTTP/1.1\r\nHost: door\r\n${AUTH}Expect: 100-continue\r\nContent-Length: ${EVENT.length}\r\n\r\n`,
    );
    await once(socket, 'readable');
    expect(String(socket.read())).toContain('100 Continue');

    const stopped = stopping.stop();
    socket.write(EVENT);
    const { all } = await readAnswer(socket);
    await stopped;

    expect(parseAnswer(all)).toMatchObject({ status: 202, headers: { connection: 'close' } });
  });

  test('refuses a request that comes after it', async () => {
    const stopping = await startTestServer();
    const socket = await connectRaw(stopping.url);
    socket.write('GET /api/info HTTP/1.1\r\nHo');
    await stopping.call('GET', '/health/live');

    const stopped = stopping.stop();
    socket.write('st: door\r\n\r\n');
    const answer = await readAnswer(socket);
    await stopped;

    expectError(answer, 503, 'Service is stopping');
    expect(answer.headers).toMatchObject({ connection: 'close', 'retry-after': '5' });
  });

  test('cuts off a client that never ends', async () => {
    const stopping = await startTestServer({ httpLimits: { stopMs: 100 } });
    const socket = await connectRaw(stopping.url);
    socket.write(request('POST /api/v1/events', `${AUTH}Expect: 100-continue\r\nContent-Length: 9\r\n`));
    await once(socket, 'readable');

    const answer = readAnswer(socket);
    await stopping.stop();

    expect((await answer).all).not.toContain('202');
  });
});
