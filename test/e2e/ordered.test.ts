import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { attempted, change, deliveryOf, ended, reportAll, subscribe } from '../support/deliveries.js';
import {
  type ReceivedRequest,
  type Receiver,
  type ReceiverOptions,
  startReceiver,
} from '../support/receiver.js';
import { startTestServer, type TestServer, type TestServerOptions } from '../support/server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function aServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  closers.push(() => server.stop());
  return server;
}

async function aReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver(options);
  closers.push(() => receiver.close());
  return receiver;
}

const events = (count: number) => Array.from({ length: count }, () => ({}));
const eventIn = ({ body }: ReceivedRequest) => (JSON.parse(body.toString()) as { event_id: number }).event_id;

/** Answers 200 after a turn of the event loop, and says how many requests were in it at once. */
function watched(): { answer: () => Promise<number>; most: () => number } {
  let now = 0;
  let most = 0;
  return {
    most: () => most,
    async answer() {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return 200;
    },
  };
}

describe('an ordered webhook', () => {
  it('gets each event after the one before it, one at a time, whatever comes in meanwhile', async () => {
    const server = await aServer();
    const { answer, most } = watched();
    const receiver = await aReceiver({ answer });
    await subscribe(server, receiver.url, { ordered: true });

    const requests = await Promise.all(Array.from({ length: 20 }, () => reportAll(server, events(20))));

    const ids = requests.flat().sort((a, b) => a - b);
    expect((await receiver.next(400)).map(eventIn)).toEqual(ids);
    expect(most()).toBe(1);
  });

  it('waits for the retries of one that fails, and goes on in order; another webhook does not wait', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    let failing = 0;
    const receiver = await aReceiver({ answer: (request) => (eventIn(request) === failing ? 500 : 200) });
    const other = await aReceiver();
    await subscribe(server, receiver.url, { ordered: true, max_retries: 2 });
    await subscribe(server, other.url);
    failing = 2;
    const ids = await reportAll(server, events(4));
    const head = ids[1] ?? 0;

    for (let n = 1; n <= 2; n++) {
      const delivery = await deliveryOf(server, head, attempted(n));
      expect(delivery.status).toBe('retrying');
      ids.push(...(await reportAll(server, events(2)))); // fresh ones queue behind it
      await other.next(ids.length);
      expect(receiver.requests).toHaveLength(1 + n);
      clock.advance((delivery.next_attempt_at ?? 0) - clock.now());
    }

    expect(await deliveryOf(server, head, ended)).toMatchObject({ status: 'failed', attempts: 3 });
    const requests = await receiver.next(ids.length + 2);
    expect(requests.map(eventIn)).toEqual([ids[0], head, head, head, ...ids.slice(2)]);
  });

  it('that becomes ordered gets what it is owed already first, in the order in which it was accepted', async () => {
    const server = await aServer();
    const { answer, most } = watched();
    const receiver = await aReceiver({ answer });
    const uid = await subscribe(server, receiver.url, { status: 'disabled' });
    const ids: number[] = [];
    for (let n = 0; n < 3; n++) ids.push(...(await reportAll(server, events(400))));

    await change(server, uid, receiver.url, { status: 'disabled', ordered: true });
    ids.push(...(await reportAll(server, events(50))));
    await change(server, uid, receiver.url);
    ids.push(...(await reportAll(server, events(50))));

    expect((await receiver.next(ids.length)).map(eventIn)).toEqual(ids);
    expect(most()).toBe(1);
  });

  it('becomes ordered while it is sending, and loses and doubles nothing', async () => {
    const server = await aServer();
    const receiver = await aReceiver({ answer: watched().answer });
    const uid = await subscribe(server, receiver.url);
    const ids = await reportAll(server, events(900));
    await receiver.next(10);

    await change(server, uid, receiver.url, { ordered: true });
    const later = await reportAll(server, events(100));
    const requests = await receiver.next(1_000);
    await change(server, uid, receiver.url, { ordered: false });
    const last = await reportAll(server, events(100));
    await receiver.next(1_100);

    expect(requests.slice(900).map(eventIn)).toEqual(later);
    expect(new Set(receiver.requests.map(eventIn))).toEqual(new Set([...ids, ...later, ...last]));
    expect(receiver.requests).toHaveLength(1_100);
  });

  it('is probed with its first delivery, and drains in order', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 503 });
    await subscribe(server, receiver.url, { ordered: true, max_retries: 5 });
    const ids = await reportAll(server, events(120));
    const head = ids[0] ?? 0;
    for (let n = 1; n <= 2; n++) {
      const delivery = await deliveryOf(server, head, attempted(n));
      clock.advance((delivery.next_attempt_at ?? 0) - clock.now());
    }
    expect(await deliveryOf(server, head, attempted(3))).toMatchObject({ status: 'held' });
    clock.suspend(5_000);
    await deliveryOf(server, head, attempted(4));
    receiver.answerWith(200);
    clock.suspend(15_000);
    await deliveryOf(server, head, ended);
    for (let second = 0; second < 3; second++) {
      await receiver.next(Math.min(4 + ids.length, 5 + 50 * (2 ** (second + 1) - 1)));
      clock.advance(1_000);
    }
    const requests = await receiver.next(4 + ids.length);
    expect(requests.map(eventIn)).toEqual([head, head, head, head, ...ids]);
  });
});
