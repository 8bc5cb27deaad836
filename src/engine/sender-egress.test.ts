import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { exchangeTo, openSender, rawReceiver, receiverThat } from '../../test/support/sending.js';
import { createEgressGuard } from './egress.js';
import { createSender } from './sender.js';

/** A receiver of loopback that counts connections, and its port. */
async function trap() {
  const receiver = await rawReceiver((socket) => void socket.end());
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
  const answer = await openSender({ allow: [] }).send(exchangeTo(`http://${host}:${port}/`));
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
    const sender = openSender({ allow: [], resolve: async () => [address] });
    const answer = await sender.send(exchangeTo(`https://innocent.test:${port}/`));
    expect(answer.error).toMatchObject({
      kind: 'address-not-allowed',
      message: expect.stringContaining('loopback'),
    });
    expect(receiver.accepted()).toBe(0);
  },
);

test('of a name with several addresses only the allowed ones are connected to', async () => {
  const { receiver, port } = await trap();
  const good = await receiverThat({ host: '127.0.0.2', port: Number(port) });
  const sender = openSender({ allow: ['127.0.0.2'], resolve: async () => ['::1', '127.0.0.1', '127.0.0.2'] });
  expect(await sender.send(exchangeTo(`http://both.test:${port}/`))).toMatchObject({
    status: 200,
    error: null,
  });
  expect(good.requests).toHaveLength(1);
  expect(receiver.accepted()).toBe(0);
});

test('of several allowed addresses the one that answers is used', async () => {
  const good = await receiverThat({ host: '127.0.0.2' });
  const sender = openSender({ allow: ['127.0.0.0/8'], resolve: async () => ['127.0.0.3', '127.0.0.2'] });
  const url = `http://several.test:${new URL(good.url).port}/`;
  expect(await sender.send(exchangeTo(url))).toMatchObject({ status: 200, error: null });
});

test('a name that turns bad after it was judged good gets nowhere', async () => {
  const { receiver, port } = await trap();
  const good = await receiverThat({ host: '127.0.0.2', port: Number(port) });
  good.answerWith({ status: 200, headers: { Connection: 'close' } });
  let asked = 0;
  const resolve = async () => [asked++ < 1 ? '127.0.0.2' : '127.0.0.1'];
  const clock = new ManualClock();
  const guard = createEgressGuard({ mode: 'lan', allow: ['127.0.0.2'], resolve, clock });
  const sender = createSender({ guard, connectionsPerOrigin: 1 });
  onTestFinished(() => sender.close());
  const url = `http://rebinding.test:${port}/`;

  expect(await guard.checkUrl(new URL(url))).toEqual({ allowed: true });
  expect(await sender.send(exchangeTo(url))).toMatchObject({ status: 200, error: null });
  await good.idle();
  clock.advance(30_000);
  expect(await sender.send(exchangeTo(url))).toMatchObject({
    status: null,
    error: { kind: 'address-not-allowed', message: 'address not allowed (127.0.0.1, loopback)' },
  });
  expect(asked).toBe(2);
  expect(receiver.accepted()).toBe(0);
});

test('a refused address does not stay refused for a name that has a better one later', async () => {
  const good = await receiverThat({ host: '127.0.0.2' });
  let address = '127.0.0.1';
  const clock = new ManualClock();
  const sender = openSender({ allow: ['127.0.0.2'], resolve: async () => [address], clock });
  const url = `http://moving.test:${new URL(good.url).port}/`;
  expect((await sender.send(exchangeTo(url))).error?.kind).toBe('address-not-allowed');
  address = '127.0.0.2';
  clock.advance(2_000);
  expect(await sender.send(exchangeTo(url))).toMatchObject({ status: 200, error: null });
});
