import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { onEachRequest } from '../../test/support/hostile.js';
import { exchangeTo, openSender, rawReceiver } from '../../test/support/sending.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
const NOTHING = { status: null, error: { kind: 'reset' } };

/** Answers the first request on each connection; `then` deals with the second, on the connection of that number. */
async function receiverThatFails(then: (socket: Socket, connection: number) => void) {
  const requests: number[] = [];
  const receiver = await rawReceiver((socket, connection) => {
    let onSocket = 0;
    onEachRequest(socket, () => {
      requests.push(connection);
      if (++onSocket === 1) socket.write(OK);
      else then(socket, connection);
    });
  });
  return { url: receiver.url, requests };
}

test.each<[string, (socket: Socket) => void]>([
  ['closes', (socket) => void socket.end()],
  ['resets', (socket) => void socket.resetAndDestroy()],
])(
  'a request on a kept connection that the receiver %s goes out again at once on a new one',
  async (_name, end) => {
    const receiver = await receiverThatFails(end);
    const sender = openSender({ connections: 1 });
    expect(await sender.send(exchangeTo(receiver.url))).toMatchObject({ status: 200, resent: false });
    const body = Buffer.alloc(200_000, 'x');
    expect(await sender.send(exchangeTo(receiver.url, { body }))).toMatchObject({
      status: 200,
      resent: true,
    });
    expect(receiver.requests).toEqual([0, 0, 1]);
  },
);

test('the new connection stays in use, and the next request is no second one', async () => {
  const receiver = await receiverThatFails((socket, connection) =>
    connection === 0 ? socket.end() : socket.write(OK),
  );
  const sender = openSender({ connections: 1 });
  for (let n = 0; n < 4; n++) expect((await sender.send(exchangeTo(receiver.url))).error).toBeNull();
  expect(receiver.requests).toEqual([0, 0, 1, 1, 1]);
});

test('a request goes out twice at most: the second loss is a failure', async () => {
  let requests = 0;
  const receiver = await rawReceiver((socket) =>
    onEachRequest(socket, () => {
      if (++requests === 1) socket.write(OK);
      else socket.resetAndDestroy();
    }),
  );
  const sender = openSender({ connections: 1 });
  await sender.send(exchangeTo(receiver.url));
  expect(await sender.send(exchangeTo(receiver.url))).toMatchObject({ ...NOTHING, resent: true });
  expect(requests).toBe(3);
});

test('a request lost with a new connection is not sent again', async () => {
  let requests = 0;
  const receiver = await rawReceiver((socket) =>
    onEachRequest(socket, () => {
      requests++;
      socket.end();
    }),
  );
  expect(await openSender().send(exchangeTo(receiver.url))).toMatchObject({ ...NOTHING, resent: false });
  expect(requests).toBe(1);
});

test.each([
  ['a byte of an answer', 'H'],
  ['an informational answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['part of an informational answer', 'HTTP/1.1 103 Early'],
])('after %s a lost request is not sent again', async (_name, bytes) => {
  const receiver = await receiverThatFails((socket) => void socket.end(bytes));
  const sender = openSender({ connections: 1 });
  await sender.send(exchangeTo(receiver.url));
  expect(await sender.send(exchangeTo(receiver.url))).toMatchObject({ status: null, resent: false });
  expect(receiver.requests).toEqual([0, 0]);
});

test('a request that runs out of time on a kept connection is not sent again', async () => {
  const receiver = await receiverThatFails(() => {});
  const sender = openSender({ connections: 1 });
  await sender.send(exchangeTo(receiver.url));
  expect(await sender.send(exchangeTo(receiver.url, { timeoutMs: 300 }))).toMatchObject({
    error: { kind: 'headers-timeout' },
    resent: false,
  });
  expect(receiver.requests).toEqual([0, 0]);
});

test('what was sent again and hangs then is given up in time', async () => {
  let requests = 0;
  const receiver = await rawReceiver((socket) =>
    onEachRequest(socket, () => {
      requests++;
      if (requests === 1) socket.write(OK);
      if (requests === 2) socket.end();
    }),
  );
  const sender = openSender({ connections: 1 });
  await sender.send(exchangeTo(receiver.url));
  expect(await sender.send(exchangeTo(receiver.url, { timeoutMs: 300 }))).toMatchObject({
    error: { kind: 'headers-timeout' },
    resent: true,
  });
  expect(requests).toBe(3);
});

test('hundreds of requests to a receiver that closes behind each answer, without saying so, all arrive', async () => {
  const receiver = await rawReceiver((socket) => onEachRequest(socket, () => void socket.end(OK)));
  const sender = openSender({ connections: 8 });
  const answers = await Promise.all(Array.from({ length: 300 }, () => sender.send(exchangeTo(receiver.url))));
  expect(answers.filter(({ error }) => error !== null)).toEqual([]);
});
