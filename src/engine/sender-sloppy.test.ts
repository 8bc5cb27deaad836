/** Answers of which an HTTP parser makes nothing, although the receiver has acted, and said how it went. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { answering, onEachRequest } from '../../test/support/hostile.js';
import { exchangeTo, openSender, rawReceiver, sendTo } from '../../test/support/sending.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED_OK = 'Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n';

test.each([
  [
    'Content-Length beside chunked',
    `Content-Length: 2\r\n${CHUNKED_OK}`,
    'Content-Length and Transfer-Encoding came together',
  ],
  [
    'chunked beside Content-Length',
    'Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nok',
    'Content-Length and Transfer-Encoding came together',
  ],
  [
    'the same Content-Length twice',
    'Content-Length: 2\r\nContent-Length: 2\r\n\r\nok',
    'Content-Length came twice',
  ],
  [
    'two lengths',
    'Content-Length: 2\r\nContent-Length: 3\r\n\r\nok',
    'Content-Length came twice, with two values',
  ],
  ['a Content-Length that is none', 'Content-Length: two\r\n\r\nok', 'Content-Length is no number'],
  ['a negative Content-Length', 'Content-Length: -1\r\n\r\nok', 'Content-Length is no number'],
  [
    'a name with a space in it',
    'X Y: 1\r\nContent-Length: 2\r\n\r\nok',
    'the name of a header has a character that no name may have',
  ],
  [
    'a space before the colon',
    'Content-Length : 2\r\n\r\nok',
    'the name of a header has a character that no name may have',
  ],
  [
    'a name that is not ASCII',
    'Größe: 1\r\nContent-Length: 2\r\n\r\nok',
    'the name of a header has a character that no name may have',
  ],
  ['a line without a colon', 'Content-Length: 2\r\nPHP Warning\r\n\r\nok', 'a header line has no colon'],
  [
    'a control character',
    'Content-Length: 2\r\nX-Y: a\x01b\r\n\r\nok',
    'the value of a header has a control character',
  ],
  ['U+0000', 'Content-Length: 2\r\nX-Y: a\0b\r\n\r\nok', 'the value of a header has a control character'],
  ['lines that end in LF alone', 'Content-Length: 2\n\nok', 'a line ends in LF without CR'],
])('a 2xx with %s is a success, and the note says what was wrong', async (_name, rest, note) => {
  expect(await sendTo(answering(OK, rest))).toMatchObject({ status: 200, error: null, note });
});

test('of such an answer headers and body are kept as they came', async () => {
  const answer = await sendTo(
    answering(`${OK}Server: old\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok`),
  );
  expect(answer).toMatchObject({
    headers: 'Server: old\nContent-Length: 2\nContent-Length: 2',
    body: 'ok',
  });
});

test('a compressed body of such an answer is decoded', async () => {
  const body = gzipSync('great');
  const lengths = `Content-Length: ${body.length}\r\n`.repeat(2);
  expect(await sendTo(answering(`${OK}Content-Encoding: gzip\r\n${lengths}\r\n`, body))).toMatchObject({
    status: 200,
    body: 'great',
    note: 'Content-Length came twice',
  });
});

test.each([
  ['HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 'a line ends in LF without CR'],
  ['HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok', expect.stringMatching(/^not HTTP \(/)],
])('a status line that is whole but sloppy counts (%j)', async (bytes, note) => {
  expect(await sendTo(answering(bytes))).toMatchObject({ status: 200, error: null, note });
});

test.each([
  ['503', 'HTTP 503, then: Content-Length came twice'],
  ['302', 'HTTP 302, then: Content-Length came twice'],
])('a %s whose headers cannot be read is a failure of that status', async (status, message) => {
  const bytes = `HTTP/1.1 ${status} Oh\r\nRetry-After: 90\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nno`;
  expect(await sendTo(answering(bytes))).toMatchObject({
    status: Number(status),
    error: { kind: 'bad-http', message },
    note: null,
    retryAfter: '90',
    body: 'no',
  });
});

test('a sloppy answer behind informational ones counts as well', async () => {
  const hints = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
  expect(await sendTo(answering(`${hints}${OK}Content-Length: 2\r\n${CHUNKED_OK}`))).toMatchObject({
    status: 200,
    error: null,
    note: 'Content-Length and Transfer-Encoding came together',
  });
});

test('after a sloppy answer the next request goes over a connection of its own', async () => {
  const receiver = await rawReceiver(answering(`${OK}Content-Length: 2\r\n${CHUNKED_OK}`));
  const sender = openSender({ connections: 1 });
  for (let n = 0; n < 3; n++)
    expect(await sender.send(exchangeTo(receiver.url))).toMatchObject({ status: 200 });
  expect(receiver.accepted()).toBe(3);
});

test('64 KiB of headers are read', async () => {
  const lines = Array.from({ length: 63 }, (_, n) => `X-Wide-${n}: ${'v'.repeat(1000)}\r\n`).join('');
  expect(await sendTo(answering(`${OK}${lines}Content-Length: 2\r\n\r\nok`))).toMatchObject({
    status: 200,
    body: 'ok',
    error: null,
    note: null,
  });
});

test('an informational answer may have headers as long', async () => {
  const hint = `HTTP/1.1 103 Early Hints\r\nLink: ${'a'.repeat(60_000)}\r\n\r\n`;
  expect(await sendTo(answering(`${hint}${OK}Content-Length: 2\r\n\r\nok`))).toMatchObject({
    status: 200,
    body: 'ok',
  });
});

test('a 2xx with more headers is a success, of which the beginning is kept', async () => {
  const answer = await sendTo(answering(`${OK}Server: wide\r\nX-Giant: ${'g'.repeat(70_000)}\r\n\r\n`));
  expect(answer).toMatchObject({ status: 200, error: null, note: 'headers of more than 64 KiB' });
  expect(answer.headers).toBe('Server: wide');
});

test('a 204 that announces a body is a success with a note, a 304 that does so just a 304', async () => {
  expect(await sendTo(answering('HTTP/1.1 204 No\r\nContent-Length: 9\r\n\r\n'))).toMatchObject({
    status: 204,
    error: null,
    note: 'the body is not as long as Content-Length says',
  });
  expect(await sendTo(answering('HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n'))).toMatchObject({
    status: 304,
    error: { kind: 'status', message: 'HTTP 304' },
  });
});

test.each([
  ['TLS', [Buffer.from([0x15, 0x03, 0x01, 0, 2, 2, 70])], 'not HTTP/1.1: TLS is spoken on that port'],
  ['HTTP/2 alone', [Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])], 'not HTTP/1.1: HTTP/2 is spoken on that port'],
  ['SSH', ['SSH-2.0-OpenSSH_9.6\r\n'], expect.stringMatching(/^not HTTP \(/)],
])('a receiver that speaks %s is a failure that says so', async (_name, parts, message) => {
  expect(await sendTo(answering(...parts))).toMatchObject({
    status: null,
    error: { kind: 'bad-http', message },
  });
});

test('a connection cut after a whole 2xx status line is a success also when we are the ones who cut it', async () => {
  let written = () => {};
  const halfway = new Promise<void>((resolve) => {
    written = resolve;
  });
  const receiver = await rawReceiver((socket) =>
    onEachRequest(socket, () => void socket.write(`${OK}X-Slow: `, written)),
  );
  const probe = await rawReceiver(answering(`${OK}Content-Length: 0\r\n\r\n`));
  const sender = openSender();
  const answer = sender.send(exchangeTo(receiver.url));
  await halfway;
  // What was written before this is asked has been read when it is answered.
  await sender.send(exchangeTo(probe.url));
  sender.abortAll();
  expect(await answer).toMatchObject({ status: 200, error: null });
});
