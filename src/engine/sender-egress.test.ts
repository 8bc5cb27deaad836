import { afterEach, expect, test } from 'vitest';
import { startRawReceiver, startReceiver } from '../../test/support/receiver.js';
import { createEgressGuard } from './egress.js';
import { createSender, type Sender } from './sender.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function open(allow: string[], resolve?: (name: string) => Promise<string[]>): Sender {
  const guard = createEgressGuard({ mode: 'lan', allow, ...(resolve ? { resolve } : {}) });
  const sender = createSender({ guard, connectionsPerOrigin: 4 });
  cleanups.push(() => sender.close());
  return sender;
}

function post(sender: Sender, url: string) {
  return sender.send({ url, headers: [], body: Buffer.from('{}'), timeoutMs: 5000 });
}

/** A receiver of loopback that counts connections, and its port. */
async function trap() {
  const receiver = await startRawReceiver((socket) => void socket.end());
  cleanups.push(receiver.close);
  return { receiver, port: new URL(receiver.url).port };
}

test.each([
  ['127.0.0.1', '127.0.0.1, loopback'],
  ['0x7f.1', '127.0.0.1, loopback'],
  ['2130706433', '127.0.0.1, loopback'],
  ['[::ffff:127.0.0.1]', '127.0.0.1, loopback'],
  ['[::1]', '::1, loopback'],
  ['localhost', '(127.0.0.1|::1), loopback'],
  ['169.254.169.254', '169.254.169.254, link-local'],
  ['0.0.0.0', '0.0.0.0, unspecified'],
])('%s is never connected to', async (host, refused) => {
  const { receiver, port } = await trap();
  const answer = await post(open([]), `http://${host}:${port}/`);
  expect(answer).toMatchObject({
    status: null,
    headers: null,
    body: null,
    error: { kind: 'address-not-allowed' },
  });
  expect(answer.error?.message).toMatch(new RegExp(`^address not allowed \\(${refused}\\)$`));
  expect(receiver.accepted()).toBe(0);
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '::127.0.0.1'])(
  'a name that resolves to %s is never connected to',
  async (address) => {
    const { receiver, port } = await trap();
    const sender = open([], async () => [address]);
    const answer = await post(sender, `https://innocent.test:${port}/`);
    expect(answer.error).toMatchObject({
      kind: 'address-not-allowed',
      message: expect.stringContaining('loopback'),
    });
    expect(receiver.accepted()).toBe(0);
  },
);

test('of a name with several addresses only the allowed ones are connected to', async () => {
  const { receiver, port } = await trap();
  const good = await startReceiver({ host: '127.0.0.2', port: Number(port) });
  cleanups.push(good.close);
  const sender = open(['127.0.0.2'], async () => ['::1', '127.0.0.1', '127.0.0.2']);
  expect(await post(sender, `http://both.test:${port}/`)).toMatchObject({ status: 200, error: null });
  expect(receiver.accepted()).toBe(0);
});

test('of several allowed addresses the one that answers is used', async () => {
  const good = await startReceiver({ host: '127.0.0.2' });
  cleanups.push(good.close);
  const sender = open(['127.0.0.0/8'], async () => ['127.0.0.3', '127.0.0.2']);
  const url = `http://several.test:${new URL(good.url).port}/`;
  expect(await post(sender, url)).toMatchObject({ status: 200, error: null });
});

test('a name that turns bad after it was judged good gets nowhere', async () => {
  const { receiver, port } = await trap();
  const good = await startReceiver({ host: '127.0.0.2', port: Number(port) });
  good.answerWith({ status: 200, headers: { Connection: 'close' } });
  cleanups.push(good.close);
  let asked = 0;
  const resolve = async () => [asked++ < 2 ? '127.0.0.2' : '127.0.0.1'];
  const guard = createEgressGuard({ mode: 'lan', allow: ['127.0.0.2'], resolve });
  const sender = createSender({ guard, connectionsPerOrigin: 1 });
  cleanups.push(() => sender.close());
  const url = `http://rebinding.test:${port}/`;

  expect(await guard.checkUrl(new URL(url))).toEqual({ allowed: true });
  expect(await post(sender, url)).toMatchObject({ status: 200, error: null });
  await good.idle();
  expect(await post(sender, url)).toMatchObject({
    status: null,
    error: { kind: 'address-not-allowed', message: 'address not allowed (127.0.0.1, loopback)' },
  });
  expect(asked).toBe(3);
  expect(receiver.accepted()).toBe(0);
});

test('a refused address does not stay refused for a name that has a better one later', async () => {
  const good = await startReceiver({ host: '127.0.0.2' });
  cleanups.push(good.close);
  let address = '127.0.0.1';
  const sender = open(['127.0.0.2'], async () => [address]);
  const url = `http://moving.test:${new URL(good.url).port}/`;
  expect((await post(sender, url)).error?.kind).toBe('address-not-allowed');
  address = '127.0.0.2';
  expect(await post(sender, url)).toMatchObject({ status: 200, error: null });
});
