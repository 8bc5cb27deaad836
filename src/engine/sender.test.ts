import { expect, test } from 'vitest';
import { dripping, hostile } from '../../test/support/hostile.js';
import { refusingUrl } from '../../test/support/receiver.js';
import { SELF_SIGNED } from '../../test/support/self-signed.js';
import { exchangeTo, openSender, rawReceiver, receiverThat, sendTo } from '../../test/support/sending.js';
import type { Answer } from './answer.js';
import { INFORMATIONAL } from './failure.js';

test('a receiver gets the method, path, headers and bytes that were given', async () => {
  const receiver = await receiverThat({ answer: { status: 204 } });
  const body = Buffer.from('{"data":{"ключ":"✓"}}');
  const answer = await openSender().send({
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
  await openSender().send(exchangeTo(receiver.url, { body: new Uint8Array() }));
  const [request] = await receiver.next(1);
  expect(request?.headers['content-length']).toBe('0');
});

test('an answer is recorded with its status, its headers as received, Retry-After and body', async () => {
  const receiver = await receiverThat({
    answer: { status: 503, headers: { 'X-Mixed-Case': 'a', 'Retry-After': '120' }, body: 'später' },
  });
  const answer = await openSender().send(exchangeTo(receiver.url));
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
  expect(await openSender().send(exchangeTo(receiver.url))).toMatchObject({ status, error: null });
});

test.each([300, 302, 304, 400, 404, 410, 429, 500, 599])('%i is a failure by status', async (status) => {
  const receiver = await receiverThat({ answer: status });
  expect(await openSender().send(exchangeTo(receiver.url))).toMatchObject({
    status,
    error: { kind: 'status', message: `HTTP ${status}` },
  });
});

test('a redirect is never followed', async () => {
  const trap = await receiverThat();
  const receiver = await receiverThat({ answer: { status: 307, headers: { Location: trap.url } } });
  expect(await openSender().send(exchangeTo(receiver.url))).toMatchObject({
    status: 307,
    error: { kind: 'status' },
  });
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
  const sender = openSender({ connections: 3 });
  const answers = await Promise.all(Array.from({ length: 50 }, () => sender.send(exchangeTo(receiver.url))));
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
  [
    'resetWithinHeaders',
    { status: 200, error: null, note: expect.stringMatching(/^connection closed within the headers/) },
  ],
  [
    'resetWithinStatusLine',
    {
      status: null,
      error: {
        kind: 'reset',
        message: expect.stringMatching(/^connection closed within the first line of the answer/),
      },
    },
  ],
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
  ['giantHeader', { status: 200, error: null, note: null }],
  ['endlessHeaders', { status: 200, error: null, note: 'headers of more than 64 KiB' }],
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
  ['twoLengths', { status: 200, error: null, note: 'Content-Length came twice, with two values' }],
  ['shortBody', { status: 500, body: 'ab', error: { kind: 'reset', message: expect.anything() } }],
  [
    'switchesProtocols',
    { status: null, error: { kind: 'bad-http', message: 'switched protocols without being asked' } },
  ],
  [
    'switchesWithoutSaying',
    { status: null, error: { kind: 'bad-http', message: 'switched protocols without being asked' } },
  ],
  ['continuesForEver', { status: null, error: { kind: 'bad-http', message: INFORMATIONAL } }],
  ['hintsForEver', { status: null, error: { kind: 'bad-http', message: INFORMATIONAL } }],
  ['endlessContinue', { status: null, error: { kind: 'bad-http', message: expect.anything() } }],
  ['endlessFailure', { status: 500, body: 'y'.repeat(4096), error: { kind: 'status', message: 'HTTP 500' } }],
  ['continues', { status: 200, body: 'done', error: null }],
  ['offersUpgrade', { status: 200, body: 'ok', error: null }],
  ['longBody', { status: 200, body: 'ab', error: null }],
  ['twoAnswers', { status: 200, body: 'a', error: null }],
  [
    'resetAfterSuccess',
    {
      status: 200,
      body: 'part',
      error: null,
      note: expect.stringMatching(/^connection closed within the body/),
    },
  ],
  ['endlessSuccess', { status: 200, body: 'x'.repeat(1024), error: null, note: null }],
])('a receiver that does %s ends in the right answer', async (name, expected) => {
  expect(await sendTo(hostile[name])).toMatchObject(expected);
});

test.each<[keyof typeof hostile, Partial<Answer>]>([
  ['hangs', { status: null, error: { kind: 'headers-timeout', message: 'no answer within 400 ms' } }],
  ['hangWithinHeaders', { status: 200, error: null, note: 'the headers were not whole within 400 ms' }],
  ['dripHeaders', { status: 200, error: null, note: 'the headers were not whole within 400 ms' }],
  [
    'dripStatusLine',
    {
      status: null,
      error: {
        kind: 'headers-timeout',
        message: 'the first line of the answer was not whole within 400 ms',
      },
    },
  ],
  [
    'hangWithinFailure',
    {
      status: 500,
      body: 'part',
      error: { kind: 'body-timeout', message: 'HTTP 500, then: nothing more of the body within 400 ms' },
    },
  ],
  [
    'dripFailure',
    {
      status: 500,
      error: { kind: 'exchange-timeout', message: 'HTTP 500, then: the whole took longer than 1200 ms' },
    },
  ],
  [
    'hangAfterSuccess',
    { status: 200, body: 'part', error: null, note: 'nothing more of the body within 400 ms' },
  ],
  ['dripSuccess', { status: 200, error: null, note: 'the whole took longer than 1200 ms' }],
])('a receiver that does %s is given up in time', async (name, expected) => {
  expect(await sendTo(hostile[name], 400)).toMatchObject(expected);
});

test('informational answers are skipped also when they come byte by byte', async () => {
  const hints = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
  const answer = await sendTo(
    dripping('', `${hints}HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nHTTP/1.1`, 1),
  );
  expect(answer).toMatchObject({ status: 200, body: 'HTTP/1.1', error: null });
});

test('a success whose bytes come one by one is read', async () => {
  const answer = await sendTo(dripping('', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nslow!', 1));
  expect(answer).toMatchObject({ status: 200, body: 'slow!', error: null });
});

test('a refused connection is refused', async () => {
  const url = await refusingUrl();
  const answer = await openSender().send(exchangeTo(url));
  expect(answer.error?.kind).toBe('refused');
  expect(answer.error?.message).toMatch(/^connection refused \(127\.0\.0\.1, port \d+\)$/);
});

test('a connection that does not come about is given up in time', async () => {
  const sender = openSender({ resolve: () => new Promise(() => {}) });
  const answer = await sender.send(exchangeTo('http://black-hole.test/', { timeoutMs: 300 }));
  expect(answer.error).toEqual({ kind: 'connect-timeout', message: 'no connection within 300 ms' });
});

test('a receiver that never reads what is sent is given up in time', async () => {
  const receiver = await rawReceiver(hostile.neverReads);
  const sender = openSender();
  const answer = await sender.send(
    exchangeTo(receiver.url, { body: Buffer.alloc(16 * 2 ** 20), timeoutMs: 400 }),
  );
  expect(answer.error).toEqual({ kind: 'headers-timeout', message: 'no answer within 400 ms' });
  await sender.close();
});

test('a name that does not resolve within two seconds is a dns failure', async () => {
  const sender = openSender({ resolve: () => new Promise(() => {}) });
  const answer = await sender.send(exchangeTo('http://black-hole.test/', { timeoutMs: 20_000 }));
  expect(answer.error).toEqual({ kind: 'dns', message: 'name not resolved (no answer within 2000 ms)' });
});

test('a name that does not exist is a dns failure', async () => {
  const answer = await openSender().send(exchangeTo('http://nothing.invalid/'));
  expect(answer.error).toMatchObject({
    kind: 'dns',
    message: expect.stringMatching(/^name not resolved \(E/),
  });
});

test('a certificate that nobody trusts is a TLS failure', async () => {
  const receiver = await receiverThat({ tls: SELF_SIGNED });
  const answer = await openSender().send(exchangeTo(receiver.url));
  expect(answer).toMatchObject({
    status: null,
    error: { kind: 'tls', message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') },
  });
  expect(receiver.requests).toHaveLength(0);
});

test('a receiver that does not speak TLS is a TLS failure', async () => {
  const receiver = await rawReceiver((socket) => void socket.write('HTTP/1.1 400 No\r\n\r\n'));
  const answer = await openSender().send(exchangeTo(receiver.url.replace('http:', 'https:')));
  expect(answer.error?.kind).toBe('tls');
});

test('an unsendable header is an answer, not an exception', async () => {
  const receiver = await receiverThat();
  const answer = await openSender().send(
    exchangeTo(receiver.url, { headers: [['Transfer-Encoding', 'chunked']] }),
  );
  expect(answer).toMatchObject({
    status: null,
    error: { message: expect.stringContaining('transfer-encoding') },
  });
});

test.each(['', 'nonsense', 'ftp://example.org/', 'http://'])('%j is answered as no HTTP URL', async (url) => {
  expect(await openSender().send(exchangeTo(url))).toMatchObject({
    error: { kind: 'bad-http', message: 'not an HTTP URL' },
  });
});
