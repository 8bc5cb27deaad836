import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.js';
import type { WebhookSpec } from '../../src/domain/webhook.js';
import type { Store } from '../../src/store/store.js';
import { ManualClock } from '../support/clock.js';
import { openEngineSite } from '../support/engine-site.js';
import type { Reply } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { seeded } from '../support/seeded.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';
import { withVerbs } from '../support/verbs.js';
import { ends } from './ends.js';

/** The store, whose claims begin when they are let. */
function lateClaims() {
  let waiting: Promise<void> | null = null;
  let underWay = 0;
  let go = () => {};
  const wrap = (store: Store): Store => ({
    ...store,
    deliveries: withVerbs(store.deliveries, {
      claim: async (request) => {
        underWay++;
        await waiting;
        return store.deliveries.claim(request).finally(() => underWay--);
      },
    }),
  });
  return {
    wrap,
    underWay: () => underWay,
    hold(): void {
      waiting = new Promise((resolve) => {
        go = resolve;
      });
    },
    letGo(): void {
      waiting = null;
      go();
    },
  };
}

test('an ordered webhook gets what is accepted while it is claimed for', async () => {
  // given an ordered webhook without a backlog, whose change has it claimed for
  const claims = lateClaims();
  const answers: ((reply: Reply) => void)[] = [];
  const receiver = await receiverThat({
    answer: () => new Promise<Reply>((resolve) => answers.push(resolve)),
  });
  const site = await openEngineSite({ wrap: claims.wrap });
  const webhook = await site.subscribe(receiver.url, { ordered: true });
  await until(
    async () => claims.underWay(),
    (count) => count === 0,
  );
  claims.hold();
  await site.change(webhook, { description: 'the lobby' });
  expect(claims.underWay()).toBe(1);
  // when events come in before that claim is answered, and are in hand
  const ids = await site.report(4);
  await receiver.next(1);
  claims.letGo();
  await until(
    () => site.store.listings.totals(),
    ({ pending }) => pending === 4,
  );
  // then each arrives, in order
  receiver.answerWith(200);
  answers[0]?.({ status: 200 });
  const requests = await receiver.next(4);
  expect(requests.map(({ body }) => JSON.parse(body.toString()).event_id)).toEqual(ids);
  const totals = await until(
    () => site.store.listings.totals(),
    ({ delivered }) => delivered === 4,
  );
  expect(totals).toMatchObject({ pending: 0, retrying: 0, delivered: 4 });
});

const ROUNDS = rounds(40, 2);
const STEPS = 150;

test.each(Array.from({ length: ROUNDS }, (_, n) => n))(
  'an ordered webhook gets one event after the other, whatever its receiver, people and clocks do (round %i)',
  async () => {
    const chance = seeded();
    const seed = `FAULT_SEED=${chance.seed}`;
    // given an ordered webhook whose receiver answers anything at any time
    const clock = new ManualClock();
    const waiting: (() => void)[] = [];
    let mended = false;
    let now = 0;
    let most = 0;
    const receiver = await receiverThat({
      async answer() {
        most = Math.max(most, ++now);
        if (!mended && chance.next() < 0.5) await new Promise<void>((resolve) => waiting.push(resolve));
        now--;
        return mended ? 200 : chance.pick([200, 200, 200, 500, 503]);
      },
    });
    const site = await openEngineSite({ clock, limits: { lane: 8 }, retryBaseMs: 1_000 });
    let webhook = await site.subscribe(receiver.url, { ordered: true, maxRetries: 2 });
    // when
    let events = 0;
    const underWay: Promise<unknown>[] = [];
    const change = async (members: Partial<WebhookSpec>) => {
      webhook = await site.change(webhook, members);
    };
    for (let step = 0; step < STEPS; step++) {
      const deed = chance.next();
      if (deed < 0.5) {
        const count = chance.between(1, 4);
        events += count;
        underWay.push(site.report(count));
      } else if (deed < 0.6) await change({ description: String(step) });
      else if (deed < 0.7) await change({ status: chance.pick(['active', 'disabled']) });
      else if (deed < 0.75) await change({ rateLimit: chance.pick([null, 2]) });
      else if (deed < 0.8) {
        underWay.push(site.engine.cancel({ deliveryUid: chance.between(1, events + 1), by: SYSTEM }));
      } else clock.advance(chance.between(1, 3_000));
      waiting.shift()?.();
      if (chance.next() < 0.5) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(underWay);
    await change({ status: 'active', rateLimit: null });
    mended = true;
    const { delivered = 0 } = await ends(
      site,
      () => {
        waiting.shift()?.();
        clock.advance(1_000);
      },
      100_000,
    ).catch((error: unknown) => {
      throw new Error(seed, { cause: error });
    });
    // then
    const ids = receiver.requests.map(({ body }) => Number(JSON.parse(body.toString()).event_id));
    expect(ids, seed).toEqual([...ids].sort((a, b) => a - b));
    expect(most, seed).toBe(1);
    expect(new Set(ids).size, seed).toBeGreaterThanOrEqual(delivered);
  },
);
