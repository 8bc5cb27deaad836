import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bombing, hostile } from '../../test/support/hostile.js';
import { exchangeTo, openSender, receiverThat, sendTo } from '../../test/support/sending.js';

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
  expect(await openSender().send(exchangeTo(receiver.url))).toMatchObject({ status: 500, body: 'größer' });
});

test.each([
  ['an unknown encoding', 'zstd', 'plain after all'],
  ['a body that is not what its encoding says', 'gzip', 'plain after all'],
  ['two encodings', 'gzip, gzip', 'plain after all'],
  ['an encoding called constructor', 'constructor', 'plain after all'],
  ['an encoding called __proto__', '__proto__', 'plain after all'],
  ['an encoding called toString', 'toString', 'plain after all'],
])('%s leaves the bytes as they are', async (_name, encoding, body) => {
  const receiver = await receiverThat({
    answer: { status: 500, headers: { 'Content-Encoding': encoding }, body },
  });
  expect(await openSender().send(exchangeTo(receiver.url))).toMatchObject({ status: 500, body });
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
  const sender = openSender({ connections: 1 });
  await sender.send(exchangeTo(receiver.url));
  expect(receiver.connections()).toBe(1);
  receiver.answerWith({ status: 200, body: 'a'.repeat(65_537) });
  await sender.send(exchangeTo(receiver.url));
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
  expect((await openSender().send(exchangeTo(receiver.url))).body).toBe(expected);
});

test('a body that is not UTF-8 becomes text of at most 4 KiB', async () => {
  const receiver = await receiverThat({ answer: { status: 500, body: Buffer.alloc(5000, 0xff) } });
  const { body } = await openSender().send(exchangeTo(receiver.url));
  expect(body).toBe('\u{fffd}'.repeat(1365));
});

test('headers are kept up to 4 KiB, in whole lines', async () => {
  const headers = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`X-Header-${n}`, 'v'.repeat(90)]),
  );
  const receiver = await receiverThat({ answer: { status: 200, headers } });
  const lines = (await openSender().send(exchangeTo(receiver.url))).headers ?? '';
  expect(Buffer.byteLength(lines)).toBeLessThanOrEqual(4096);
  expect(Buffer.byteLength(lines)).toBeGreaterThan(3900);
  expect(lines.split('\n').every((line) => /^X-Header-\d+: v{90}$/.test(line))).toBe(true);
});

test.each<[keyof typeof hostile, number | null]>([
  ['endlessReason', null],
  ['endlessBlankLines', null],
  ['endlessContinue', null],
  ['endlessExtension', 500],
  ['endlessExtensions', 500],
  ['endlessChunkSize', 500],
  ['endlessTrailers', 500],
  ['endlessTrailerSpaces', 500],
])(
  'a receiver that does %s is cut off by what it sends, long before its time is up',
  async (name, status) => {
    expect(await sendTo(hostile[name], 4_000)).toMatchObject({ status, error: { kind: 'bad-http' } });
  },
);

test('a success is cut off so as well, and stays one', async () => {
  expect(await sendTo(hostile.endlessSpaces, 4_000)).toMatchObject({
    status: 200,
    error: null,
    note: 'an answer of more than 1024 KiB',
  });
});

test('an encoded body that goes on and decodes to nothing is dropped as one that is too long', async () => {
  expect(await sendTo(hostile.endlessGzipOfNothing, 4_000)).toMatchObject({
    status: 500,
    body: '',
    error: { kind: 'status' },
  });
});
