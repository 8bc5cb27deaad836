import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { type Behaviour, bombing, dripping, hostile } from '../../test/support/hostile.js';
import { refusingUrl, startRawReceiver, startReceiver } from '../../test/support/receiver.js';
import { SELF_SIGNED } from '../../test/support/self-signed.js';
import type { Answer } from './answer.js';
import { createEgressGuard } from './egress.js';
import type { Exchange } from './exchange.js';
import { createSender, type Sender } from './sender.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function open(options: { connections?: number; resolve?: (name: string) => Promise<string[]> } = {}): Sender {
  const guard = createEgressGuard({
    mode: 'lan',
    allow: ['127.0.0.1', '::1'],
    ...(options.resolve ? { resolve: options.resolve } : {}),
  });
  const sender = createSender({ guard, connectionsPerOrigin: options.connections ?? 8 });
  cleanups.push(() => sender.close());
  return sender;
}

function to(url: string, more: Partial<Exchange> = {}): Exchange {
  return {
    url,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from('{}'),
    timeoutMs: 5000,
    ...more,
  };
}

/** Sends one request to a receiver that behaves like this, and sees to it that no socket is left. */
async function sendTo(behaviour: Behaviour, timeoutMs = 5000): Promise<Answer> {
  const receiver = await startRawReceiver(behaviour);
  cleanups.push(receiver.close);
  const sender = open();
  const answer = await sender.send(to(receiver.url, { timeoutMs }));
  await sender.close();
  await receiver.idle();
  return answer;
}

async function receiverThat(...given: Parameters<typeof startReceiver>) {
  const receiver = await startReceiver(...given);
  cleanups.push(receiver.close);
  return receiver;
}

test('a receiver gets the method, path, headers and bytes that were given', async () => {
  const receiver = await receiverThat({ answer: { status: 204 } });
  const body = Buffer.from('{"data":{"ключ":"✓"}}');
  const answer = await open().send({
    url: `${receiver.url}/hook/a%20b?x=1&y#fragment`,
    headers: [
      ['X-Webhook-Attempt', '1'],
      ['webhook-id', 'wh_5'],
      ['X-Empty', ''],
    ],
    body,
    timeoutMs: 1000,
  });
  const [request] = await receiver.next(1);
  expect(answer).toMatchObject({ status: 204, body: '', error: null });
  expect(request).toMatchObject({
    method: 'POST',
    path: '/hook/a%20b?x=1&y',
    headers: {
      'x-webhook-attempt': '1',
      'webhook-id': 'wh_5',
      'x-empty': '',
      'content-length': String(body.length),
    },
  });
  expect(request?.body.equals(body)).toBe(true);
  expect(request?.rawHeaders).toContain('X-Webhook-Attempt');
});

test('an empty body is sent with Content-Length 0', async () => {
  const receiver = await receiverThat();
  await open().send(to(receiver.url, { body: new Uint8Array() }));
  const [request] = await receiver.next(1);
  expect(request?.headers['content-length']).toBe('0');
});

test('an answer is recorded with its status, its headers as received, Retry-After and body', async () => {
  const receiver = await receiverThat({
    answer: { status: 503, headers: { 'X-Mixed-Case': 'a', 'Retry-After': '120' }, body: 'später' },
  });
  const answer = await open().send(to(receiver.url));
  expect(answer).toMatchObject({
    status: 503,
    retryAfter: '120',
    body: 'später',
    error: { kind: 'status', message: 'HTTP 503' },
  });
  expect(answer.headers?.split('\n')).toContain('X-Mixed-Case: a');
});

test.each([200, 201, 202, 204, 226, 299])('%i is a success', async (status) => {
  const receiver = await receiverThat({ answer: status });
  expect(await open().send(to(receiver.url))).toMatchObject({ status, error: null });
});

test.each([300, 302, 304, 400, 404, 410, 429, 500, 599])('%i is a failure by status', async (status) => {
  const receiver = await receiverThat({ answer: status });
  expect(await open().send(to(receiver.url))).toMatchObject({
    status,
    error: { kind: 'status', message: `HTTP ${status}` },
  });
});

test('a redirect is never followed', async () => {
  const trap = await receiverThat();
  const receiver = await receiverThat({ answer: { status: 307, headers: { Location: trap.url } } });
  expect(await open().send(to(receiver.url))).toMatchObject({ status: 307, error: { kind: 'status' } });
  expect(await sendTo(hostile.redirectsToMetadata)).toMatchObject({ status: 307, error: { kind: 'status' } });
  expect(trap.requests).toHaveLength(0);
});

test('exchanges with one receiver share connections, up to the limit, and the rest wait their turn', async () => {
  const receiver = await receiverThat();
  let most = 0;
  receiver.answerWith(() => {
    most = Math.max(most, receiver.connections());
    return 200;
  });
  const sender = open({ connections: 3 });
  const answers = await Promise.all(Array.from({ length: 50 }, () => sender.send(to(receiver.url))));
  expect(answers.every(({ error }) => error === null)).toBe(true);
  expect(receiver.requests).toHaveLength(50);
  expect(most).toBe(3);
});

test.each<[keyof typeof hostile, Partial<Answer>]>([
  [
    'resetAtAccept',
    { status: null, headers: null, body: null, error: { kind: 'reset', message: expect.anything() } },
  ],
  [
    'closeAtAccept',
    { status: null, error: { kind: 'reset', message: 'connection closed before an answer' } },
  ],
  [
    'resetAfterRequest',
    { status: null, error: { kind: 'reset', message: 'connection closed before an answer (ECONNRESET)' } },
  ],
  ['resetWithinHeaders', { status: null, error: { kind: 'reset', message: expect.anything() } }],
  [
    'resetWithinFailure',
    {
      status: 500,
      body: 'part',
      error: {
        kind: 'reset',
        message: expect.stringMatching(/^HTTP 500, then: connection closed within the body/),
      },
    },
  ],
  [
    'giantHeader',
    { status: null, error: { kind: 'bad-http', message: 'headers of the answer are too large' } },
  ],
  [
    'endlessHeaders',
    { status: null, error: { kind: 'bad-http', message: 'headers of the answer are too large' } },
  ],
  ['notHttp', { status: null, error: { kind: 'bad-http', message: expect.stringMatching(/^not HTTP \(/) } }],
  [
    'badStatusLine',
    { status: null, error: { kind: 'bad-http', message: expect.stringMatching(/^not HTTP \(/) } },
  ],
  ['statusZero', { status: null, error: { kind: 'bad-http', message: 'status 0' } }],
  [
    'badChunk',
    { status: 500, error: { kind: 'bad-http', message: expect.stringMatching(/^HTTP 500, then: not HTTP/) } },
  ],
  ['twoLengths', { status: null, error: { kind: 'bad-http', message: expect.anything() } }],
  ['shortBody', { status: 500, body: 'ab', error: { kind: 'reset', message: expect.anything() } }],
  [
    'switchesProtocols',
    { status: null, error: { kind: 'bad-http', message: 'switched protocols without being asked' } },
  ],
  [
    'switchesWithoutSaying',
    { status: null, error: { kind: 'bad-http', message: 'switched protocols without being asked' } },
  ],
  [
    'continuesForEver',
    { status: null, error: { kind: 'bad-http', message: 'an informational answer too many' } },
  ],
  ['hintsForEver', { status: null, error: { kind: 'bad-http', message: 'too many informational answers' } }],
  ['endlessContinue', { status: null, error: { kind: 'bad-http', message: expect.anything() } }],
  ['endlessFailure', { status: 500, body: 'y'.repeat(4096), error: { kind: 'status', message: 'HTTP 500' } }],
  ['continues', { status: 200, body: 'done', error: null }],
  ['offersUpgrade', { status: 200, body: 'ok', error: null }],
  ['longBody', { status: 200, body: 'ab', error: null }],
  ['twoAnswers', { status: 200, body: 'a', error: null }],
  ['resetAfterSuccess', { status: 200, body: 'part', error: null }],
  ['endlessSuccess', { status: 200, body: 'x'.repeat(1024), error: null }],
])('a receiver that does %s ends in the right answer', async (name, expected) => {
  expect(await sendTo(hostile[name])).toMatchObject(expected);
});

test.each<[keyof typeof hostile, Partial<Answer>]>([
  ['hangs', { status: null, error: { kind: 'headers-timeout', message: 'no answer within 200 ms' } }],
  [
    'hangWithinHeaders',
    { status: null, error: { kind: 'headers-timeout', message: 'no answer within 200 ms' } },
  ],
  ['dripHeaders', { status: null, error: { kind: 'headers-timeout', message: 'no answer within 200 ms' } }],
  [
    'hangWithinFailure',
    {
      status: 500,
      body: 'part',
      error: { kind: 'body-timeout', message: 'HTTP 500, then: nothing more of the body within 200 ms' },
    },
  ],
  [
    'dripFailure',
    {
      status: 500,
      error: { kind: 'exchange-timeout', message: 'HTTP 500, then: the whole took longer than 600 ms' },
    },
  ],
  ['hangAfterSuccess', { status: 200, body: 'part', error: null }],
  ['dripSuccess', { status: 200, error: null }],
])('a receiver that does %s is given up in time', async (name, expected) => {
  expect(await sendTo(hostile[name], 200)).toMatchObject(expected);
});

test('informational answers are skipped also when they come byte by byte', async () => {
  const hints = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
  const answer = await sendTo(dripping(`${hints}HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nHTTP/1.1`, 1));
  expect(answer).toMatchObject({ status: 200, body: 'HTTP/1.1', error: null });
});

test('a success whose bytes come one by one is read', async () => {
  const answer = await sendTo(dripping('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nslow!', 1));
  expect(answer).toMatchObject({ status: 200, body: 'slow!', error: null });
});

test('a refused connection is refused', async () => {
  const url = await refusingUrl();
  const answer = await open().send(to(url));
  expect(answer.error?.kind).toBe('refused');
  expect(answer.error?.message).toMatch(/^connection refused \(127\.0\.0\.1, port \d+\)$/);
});

test('a connection that does not come about is given up in time', async () => {
  const sender = open({ resolve: () => new Promise(() => {}) });
  const answer = await sender.send(to('http://black-hole.test/', { timeoutMs: 300 }));
  expect(answer.error).toEqual({ kind: 'connect-timeout', message: 'no connection within 300 ms' });
});

test('a receiver that never reads what is sent is given up in time', async () => {
  const receiver = await startRawReceiver(hostile.neverReads);
  cleanups.push(receiver.close);
  const sender = open();
  const answer = await sender.send(to(receiver.url, { body: Buffer.alloc(16 * 2 ** 20), timeoutMs: 200 }));
  expect(answer.error).toEqual({ kind: 'headers-timeout', message: 'no answer within 200 ms' });
  await sender.close();
});

test('a name that does not resolve within two seconds is a dns failure', async () => {
  const sender = open({ resolve: () => new Promise(() => {}) });
  const answer = await sender.send(to('http://black-hole.test/', { timeoutMs: 20_000 }));
  expect(answer.error).toEqual({ kind: 'dns', message: 'name not resolved (no answer within 2000 ms)' });
});

test('a name that does not exist is a dns failure', async () => {
  const answer = await open().send(to('http://nothing.invalid/'));
  expect(answer.error).toMatchObject({
    kind: 'dns',
    message: expect.stringMatching(/^name not resolved \(E/),
  });
});

test('a certificate that nobody trusts is a TLS failure', async () => {
  const receiver = await receiverThat({ tls: SELF_SIGNED });
  const answer = await open().send(to(receiver.url));
  expect(answer).toMatchObject({
    status: null,
    error: { kind: 'tls', message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') },
  });
  expect(receiver.requests).toHaveLength(0);
});

test('a receiver that does not speak TLS is a TLS failure', async () => {
  const receiver = await startRawReceiver((socket) => void socket.write('HTTP/1.1 400 No\r\n\r\n'));
  cleanups.push(receiver.close);
  const answer = await open().send(to(receiver.url.replace('http:', 'https:')));
  expect(answer.error?.kind).toBe('tls');
});

test.each<[string, (plain: Buffer) => Buffer, string]>([
  ['gzip', gzipSync, 'gzip'],
  ['GZIP in capitals', gzipSync, 'GZIP'],
  ['x-gzip', gzipSync, 'x-gzip'],
  ['deflate with its zlib frame', deflateSync, 'deflate'],
  ['bare deflate', deflateRawSync, 'deflate'],
  ['brotli', brotliCompressSync, 'br'],
])('a body in %s is decoded', async (_name, encode, encoding) => {
  const receiver = await receiverThat({
    answer: { status: 500, headers: { 'Content-Encoding': encoding }, body: encode(Buffer.from('größer')) },
  });
  expect(await open().send(to(receiver.url))).toMatchObject({ status: 500, body: 'größer' });
});

test.each([
  ['an unknown encoding', 'zstd', 'plain after all'],
  ['a body that is not what its encoding says', 'gzip', 'plain after all'],
  ['two encodings', 'gzip, gzip', 'plain after all'],
])('%s leaves the bytes as they are', async (_name, encoding, body) => {
  const receiver = await receiverThat({
    answer: { status: 500, headers: { 'Content-Encoding': encoding }, body },
  });
  expect(await open().send(to(receiver.url))).toMatchObject({ status: 500, body });
});

test('an encoded body that is cut short gives what there is of it', async () => {
  const encoded = gzipSync(Buffer.from('a'.repeat(500)), { level: 0 });
  const answer = await sendTo((socket) => {
    socket.on('data', () => {
      socket.write(`HTTP/1.1 500 Oh\r\nContent-Encoding: gzip\r\nContent-Length: ${encoded.length}\r\n\r\n`);
      socket.end(encoded.subarray(0, 200));
    });
  });
  expect(answer).toMatchObject({ status: 500, error: { kind: 'reset' } });
  expect(answer.body).toMatch(/^a{100,}$/);
});

test.each([
  [200, 1024, null],
  [500, 4096, { kind: 'status', message: 'HTTP 500' }],
])('a gzip bomb with status %i is not unfolded', async (status, length, error) => {
  const answer = await sendTo(bombing(status));
  expect(answer).toMatchObject({ status, body: '\u{fffd}'.repeat(Math.floor(length / 3)), error });
});

test('an endless encoded body is dropped', async () => {
  expect(await sendTo(hostile.endlessGzip)).toMatchObject({
    status: 200,
    body: 'z'.repeat(1024),
    error: null,
  });
});

test('64 KiB of a body are read and the connection kept; a byte more drops it', async () => {
  const receiver = await receiverThat({ answer: { status: 200, body: 'a'.repeat(65_536) } });
  const sender = open({ connections: 1 });
  await sender.send(to(receiver.url));
  expect(receiver.connections()).toBe(1);
  receiver.answerWith({ status: 200, body: 'a'.repeat(65_537) });
  await sender.send(to(receiver.url));
  await receiver.idle();
  expect(receiver.requests).toHaveLength(2);
});

test.each([
  ['between characters', 'ä'.repeat(3000), 'ä'.repeat(2048)],
  ['before a character that does not fit', `a${'ä'.repeat(3000)}`, `a${'ä'.repeat(2047)}`],
  ['before one of four bytes', `abc${'😀'.repeat(2000)}`, `abc${'😀'.repeat(1023)}`],
  ['with U+0000 replaced', 'a\0b', 'a\u{fffd}b'],
])('a body is cut %s', async (_name, body, expected) => {
  const receiver = await receiverThat({ answer: { status: 500, body } });
  expect((await open().send(to(receiver.url))).body).toBe(expected);
});

test('a body that is not UTF-8 becomes text of at most 4 KiB', async () => {
  const receiver = await receiverThat({ answer: { status: 500, body: Buffer.alloc(5000, 0xff) } });
  const { body } = await open().send(to(receiver.url));
  expect(body).toBe('\u{fffd}'.repeat(1365));
});

test('headers are kept up to 4 KiB, in whole lines', async () => {
  const headers = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`X-Header-${n}`, 'v'.repeat(90)]),
  );
  const receiver = await receiverThat({ answer: { status: 200, headers } });
  const lines = (await open().send(to(receiver.url))).headers ?? '';
  expect(Buffer.byteLength(lines)).toBeLessThanOrEqual(4096);
  expect(Buffer.byteLength(lines)).toBeGreaterThan(3900);
  expect(lines.split('\n').every((line) => /^X-Header-\d+: v{90}$/.test(line))).toBe(true);
});

test('an unsendable header is an answer, not an exception', async () => {
  const receiver = await receiverThat();
  const answer = await open().send(to(receiver.url, { headers: [['Transfer-Encoding', 'chunked']] }));
  expect(answer).toMatchObject({
    status: null,
    error: { message: expect.stringContaining('transfer-encoding') },
  });
});

test.each(['', 'nonsense', 'ftp://example.org/', 'http://'])('%j is answered as no HTTP URL', async (url) => {
  expect(await open().send(to(url))).toMatchObject({
    error: { kind: 'bad-http', message: 'not an HTTP URL' },
  });
});
