import { expect, test } from 'vitest';
import { hostile, onEachRequest } from '../../test/support/hostile.js';
import { exchangeTo, openSender, rawReceiver, receiverThat } from '../../test/support/sending.js';

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n';

test('one after another ride on the same connection', async () => {
  const receiver = await rawReceiver((socket) => onEachRequest(socket, () => void socket.write(`${OK}\r\n`)));
  const sender = openSender();
  for (let n = 0; n < 5; n++) await sender.send(exchangeTo(receiver.url));
  expect(receiver.accepted()).toBe(1);
});

test.each([
  ['Connection: close', `${OK}Connection: close\r\n\r\n`],
  ['a Keep-Alive too short to rely on', `${OK}Keep-Alive: timeout=1\r\n\r\n`],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
])('after %s the next goes over a connection of its own', async (_name, answer) => {
  const receiver = await rawReceiver((socket) => onEachRequest(socket, () => void socket.write(answer)));
  const sender = openSender({ connections: 1 });
  for (let n = 0; n < 3; n++) expect((await sender.send(exchangeTo(receiver.url))).error).toBeNull();
  expect(receiver.accepted()).toBe(3);
});

test('a connection that the receiver closed while unused is not sent on', async () => {
  const receiver = await rawReceiver((socket) => onEachRequest(socket, () => void socket.end(`${OK}\r\n`)));
  const sender = openSender({ connections: 1 });
  for (let n = 0; n < 20; n++) {
    expect((await sender.send(exchangeTo(receiver.url))).error).toBeNull();
    await receiver.idle();
  }
});

test('a second answer to one request is never taken for the answer to the next', async () => {
  const receiver = await rawReceiver(hostile.twoAnswers);
  const sender = openSender({ connections: 1 });
  for (let n = 0; n < 5; n++) {
    const answer = await sender.send(exchangeTo(receiver.url));
    expect(answer.body ?? 'a').toBe('a');
  }
});

test('an unused connection closes by itself', async () => {
  const receiver = await receiverThat();
  await openSender().send(exchangeTo(receiver.url));
  await receiver.idle();
  expect(receiver.requests).toHaveLength(1);
});

test('a receiver that fails does not hold up those who wait behind', async () => {
  let count = 0;
  const receiver = await rawReceiver((socket) => {
    if (count++ % 2 === 0) socket.resetAndDestroy();
    else onEachRequest(socket, () => void socket.end(`${OK}Connection: close\r\n\r\n`));
  });
  const sender = openSender({ connections: 1 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => sender.send(exchangeTo(receiver.url))));
  expect(answers.filter(({ error }) => error === null)).toHaveLength(10);
  expect(answers.filter(({ error }) => error?.kind === 'reset')).toHaveLength(10);
});

test('waiting for a connection counts towards no limit', async () => {
  const receiver = await rawReceiver(hostile.hangs);
  const sender = openSender({ connections: 1 });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => sender.send(exchangeTo(receiver.url, { timeoutMs: 100 }))),
  );
  expect(answers.map(({ error }) => error?.kind)).toEqual(Array(5).fill('headers-timeout'));
});

test('an abort ends what is in flight and what waits', async () => {
  const receiver = await rawReceiver(hostile.hangs);
  const sender = openSender({ connections: 2 });
  const answers = Array.from({ length: 5 }, () => sender.send(exchangeTo(receiver.url)));
  sender.abortAll();
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatchObject({ status: null, error: { kind: 'aborted' } });
  }
  await receiver.idle();
});

test('an abort does not take back an answer whose status had come', async () => {
  const sender = openSender();
  const probe = await receiverThat();
  await sender.send(exchangeTo(probe.url));
  const sent = [200, 500].map(async (status) => {
    let written = () => {};
    const halfway = new Promise<void>((resolve) => {
      written = resolve;
    });
    const head = `HTTP/1.1 ${status} Half\r\nContent-Length: 9\r\n\r\nhalf`;
    const receiver = await rawReceiver((socket) =>
      onEachRequest(socket, () => void socket.write(head, written)),
    );
    const answer = sender.send(exchangeTo(receiver.url));
    await halfway;
    return { answer };
  });
  const answers = await Promise.all(sent);
  // What was written before this is asked has been read when it is answered.
  await sender.send(exchangeTo(probe.url));
  sender.abortAll();
  expect(await Promise.all(answers.map(({ answer }) => answer))).toMatchObject([
    { status: 200, body: 'half', error: null },
    { status: 500, body: 'half', error: { kind: 'status', message: 'HTTP 500' } },
  ]);
});

test('after an abort the sender goes on', async () => {
  const receiver = await receiverThat();
  const sender = openSender();
  sender.abortAll();
  expect(await sender.send(exchangeTo(receiver.url))).toMatchObject({ status: 200, error: null });
});

test('a closed sender sends nothing, and closing twice is fine', async () => {
  const receiver = await receiverThat();
  const sender = openSender();
  await sender.close();
  await sender.close();
  expect(await sender.send(exchangeTo(receiver.url))).toMatchObject({
    status: null,
    error: { kind: 'aborted' },
  });
  expect(receiver.requests).toHaveLength(0);
});

test('closing while connections come about leaves none behind', async () => {
  const receiver = await receiverThat();
  const sender = openSender({ connections: 50 });
  const answers = Array.from({ length: 100 }, () => sender.send(exchangeTo(receiver.url)));
  await sender.close();
  expect((await Promise.all(answers)).every(({ error }) => error?.kind === 'aborted')).toBe(true);
  await receiver.close();
  expect(openSockets()).toBe(0);
});

test('a thousand exchanges at a time with receivers of every kind leave no socket behind', async () => {
  const ending = [
    hostile.resetAfterRequest,
    hostile.resetAfterSuccess,
    hostile.notHttp,
    hostile.shortBody,
    hostile.endlessFailure,
    hostile.endlessSuccess,
    hostile.continues,
    hostile.switchesProtocols,
  ];
  const raw = await Promise.all([...ending, hostile.hangs].map((kind) => rawReceiver(kind)));
  const good = await receiverThat();
  const sender = openSender({ connections: 100 });
  const answers = Array.from({ length: 1000 }, (_, n) =>
    sender.send(exchangeTo(raw[n % 10]?.url ?? good.url, { timeoutMs: 60_000 })),
  );
  const ended = await Promise.all(answers.filter((_, n) => n % 10 !== 8));
  expect(ended.filter(({ error }) => error === null)).toHaveLength(400);
  sender.abortAll();
  const hung = await Promise.all(answers.filter((_, n) => n % 10 === 8));
  expect(hung.every(({ error }) => error?.kind === 'aborted')).toBe(true);
  await sender.close();
  for (const receiver of [...raw, good]) {
    await receiver.idle();
    await receiver.close();
  }
  expect(openSockets()).toBe(0);
});

test('receivers come and go without being remembered', async () => {
  const sender = openSender();
  const before = openSockets();
  // 300 origins, more than are kept unused: 127.0.x.y are all this machine.
  const receiver = await receiverThat({ host: '0.0.0.0' });
  const port = new URL(receiver.url).port;
  for (let n = 0; n < 300; n++) {
    const answer = await sender.send(
      exchangeTo(`http://127.0.${Math.floor(n / 250)}.${(n % 250) + 1}:${port}/`),
    );
    expect(answer.error).toBeNull();
  }
  // Both ends of what is kept are in this process.
  expect((openSockets() - before) / 2).toBeLessThanOrEqual(256 + 1);
  await sender.close();
  await receiver.idle();
});
