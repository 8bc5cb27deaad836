import { expect, test } from 'vitest';
import { type Store, StoreUnavailable } from '../../src/store/store.js';
import { ManualClock } from '../support/clock.js';
import { openEngineSite } from '../support/engine-site.js';
import type { Reply } from '../support/receiver.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';
import { withVerbs } from '../support/verbs.js';

const POLL_MS = 5_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The store, of which the verbs named in `broken` fail as they do on a full disk. */
function failing(): { broken: Set<string>; wrap: (store: Store) => Store } {
  const broken = new Set<string>();
  const guarded = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const verb: unknown = Reflect.get(target, name, target);
        if (typeof verb !== 'function') return verb;
        return (...given: unknown[]) =>
          broken.has(String(name))
            ? Promise.reject(new StoreUnavailable('the disk is full'))
            : Reflect.apply(verb, target, given);
      },
    });
  return {
    broken,
    wrap: (store) => ({ ...store, deliveries: guarded(store.deliveries), webhooks: guarded(store.webhooks) }),
  };
}

test('what could not be given back while the disk was full is delivered after it has room, without a restart', async () => {
  // given a webhook with one attempt under way and two deliveries in hand
  const clock = new ManualClock();
  const { broken, wrap } = failing();
  const held: ((reply: Reply) => void)[] = [];
  const receiver = await receiverThat({
    answer: () => new Promise<Reply>((resolve) => held.push(resolve)),
  });
  const site = await openEngineSite({ clock, wrap, limits: { perLane: 1 } });
  const webhook = await site.subscribe(receiver.url);
  await site.report(3);
  await receiver.next(1);
  // when it is disabled while the store cannot take them back, and enabled when it can
  broken.add('release');
  await site.change(webhook, { status: 'disabled' });
  broken.clear();
  receiver.answerWith(200);
  held[0]?.({ status: 200 });
  await site.change(webhook, { status: 'active' });
  // then they arrive with the next polls
  const totals = await until(
    () => {
      clock.advance(POLL_MS);
      return site.store.listings.totals();
    },
    ({ delivered }) => delivered === 3,
    300,
  );
  expect(totals).toMatchObject({ pending: 0, delivered: 3 });
});

test('open deliveries of a deleted webhook end also when the store could not end them at first', async () => {
  const clock = new ManualClock();
  const { broken, wrap } = failing();
  const site = await openEngineSite({ clock, wrap });
  const webhook = await site.subscribe('http://127.0.0.1:9/', { status: 'disabled' });
  await site.report(3);
  broken.add('endOrphans');
  await site.remove(webhook);
  await until(
    () => site.store.listings.totals(),
    ({ pending }) => pending === 3,
  );
  broken.clear();
  const totals = await until(
    () => {
      clock.advance(POLL_MS);
      return site.store.listings.totals();
    },
    ({ cancelled }) => cancelled === 3,
    300,
  );
  expect(totals).toMatchObject({ pending: 0, cancelled: 3 });
});

test('a change that is committed is answered so though it cannot be read, and none but it is sent by', async () => {
  // given a webhook whose move to another receiver is stored, and was not read
  const clock = new ManualClock();
  const { broken, wrap } = failing();
  const former = await receiverThat();
  const current = await receiverThat();
  const site = await openEngineSite({ clock, wrap });
  const webhook = await site.subscribe(former.url);
  broken.add('changesSince');
  const changed = await site.change(webhook, { url: current.url });
  expect(changed.url).toBe(current.url);
  await site.report(1);
  broken.clear();
  // when it is read again
  const totals = await until(
    () => {
      clock.advance(100);
      return site.store.listings.totals();
    },
    ({ delivered }) => delivered === 1,
    300,
  );
  // then
  expect(totals).toMatchObject({ pending: 0, delivered: 1 });
  expect(current.requests).toHaveLength(1);
  expect(former.requests).toHaveLength(0);
});

test('what was accepted just before its webhook was disabled does not stay in hand, where it could not expire', async () => {
  // given an event whose acceptance is stored, and not answered yet
  const clock = new ManualClock();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const late = (store: Store): Store => ({
    ...store,
    deliveries: withVerbs(store.deliveries, {
      accept: async (request) => {
        const result = await store.deliveries.accept(request);
        await answered;
        return result;
      },
    }),
  });
  const site = await openEngineSite({ clock, wrap: late });
  const webhook = await site.subscribe('http://127.0.0.1:9/');
  const reported = site.report(1);
  await until(
    () => site.store.listings.totals(),
    ({ pending }) => pending === 1,
  );
  // when its webhook is disabled before the answer comes
  await site.change(webhook, { status: 'disabled' });
  answer();
  await reported;
  // then it ends a day later, as all that a disabled webhook holds
  clock.suspend(DAY_MS);
  const totals = await until(
    () => {
      clock.advance(MINUTE_MS);
      return site.store.listings.totals();
    },
    ({ expired }) => expired === 1,
    300,
  );
  expect(totals).toMatchObject({ pending: 0, retrying: 0, expired: 1 });
});

test('a fault of ours in what opens a circuit leaves nothing behind: what is owed is delivered', async () => {
  // given a store that fails at the outcome which opens the circuit, as it never should
  const clock = new ManualClock();
  let faults = 0;
  const faulty = (store: Store): Store => ({
    ...store,
    deliveries: withVerbs(store.deliveries, {
      record: async (outcome) => {
        if (outcome.lane?.health === 'open' && faults++ === 0) throw new Error('a fault');
        return store.deliveries.record(outcome);
      },
    }),
  });
  const site = await openEngineSite({ clock, wrap: faulty, retryBaseMs: 1_000 });
  const receiver = await receiverThat({ answer: 503 });
  await site.subscribe(receiver.url, { maxRetries: 5 });
  // when three fail, and the receiver then answers
  await site.report(3);
  await until(
    async () => faults,
    (count) => count === 1,
    100_000,
  );
  receiver.answerWith(200);
  // then
  const totals = await until(
    () => {
      clock.advance(1_000);
      return site.store.listings.totals();
    },
    ({ delivered }) => delivered === 3,
  );
  expect(totals).toMatchObject({ pending: 0, retrying: 0, delivered: 3 });
});

test('a webhook that has drained is healthy also when that could not be written at first', async () => {
  // given a webhook that drains, with nothing more owed to it
  const clock = new ManualClock();
  const { broken, wrap } = failing();
  const site = await openEngineSite({ clock, wrap, retryBaseMs: 1_000 });
  const receiver = await receiverThat({ answer: 503 });
  const { uid } = await site.subscribe(receiver.url, { maxRetries: 5 });
  const health = async () => (await site.store.webhooks.get(uid))?.health;
  await site.report(3);
  await until(health, (now) => now === 'open');
  receiver.answerWith(200);
  clock.suspend(1_000);
  await until(health, (now) => now === 'draining');
  await until(
    () => {
      clock.advance(100);
      return site.store.listings.totals();
    },
    ({ delivered }) => delivered === 3,
  );
  // when the store does not take it as the time comes
  broken.add('setHealth');
  clock.suspend(10_000);
  await site.store.listings.totals();
  broken.clear();
  // then
  await until(
    () => {
      clock.advance(POLL_MS);
      return health();
    },
    (now) => now === 'healthy',
    300,
  );
  expect(await health()).toBe('healthy');
});
