import { expect, test } from 'vitest';
import type { Webhook } from '../../src/domain/webhook.js';
import type { EngineLimits } from '../../src/engine/limits.js';
import { type EngineSite, FIRST_TYPE, openEngineSite, SECOND_TYPE } from '../support/engine-site.js';
import type { Reply } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { type Seeded, seeded } from '../support/seeded.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';

const ROUNDS = rounds(30, 2);
const STEPS = 120;
const WEBHOOKS = 8;

/** Small enough that every limit is met all the time. */
const TIGHT: Partial<EngineLimits> = { total: 6, perLane: 2, perOrigin: 3, lane: 8, bytes: 2_000 };

/** A receiver that says anything, at any time; `heal` lets it say 200 from then on. */
function moody(chance: Seeded) {
  const held = new Set<() => void>();
  let healthy = false;
  return {
    answer(): Reply | Promise<Reply> {
      if (healthy) return { status: 200 };
      const status = chance.pick([200, 200, 200, 500, 503, 410, 302]);
      const headers = chance.next() < 0.2 ? { 'retry-after': '0' } : {};
      if (chance.next() < 0.5) return { status, headers };
      return new Promise((resolve) => {
        const go = () => {
          held.delete(go);
          resolve({ status, headers });
        };
        held.add(go);
      });
    },
    release(): void {
      const [first] = held;
      first?.();
    },
    heal(): void {
      healthy = true;
      for (const go of [...held]) go();
    },
  };
}

/** One of the things that people do to webhooks, at random. */
async function meddle(site: EngineSite, webhooks: Webhook[], urls: string[], chance: Seeded): Promise<void> {
  const place = chance.between(0, webhooks.length - 1);
  const webhook = webhooks[place];
  if (!webhook) return;
  const deed = chance.next();
  const url = `${urls[chance.between(0, urls.length - 1)]}/${chance.between(0, 1e9)}`;
  if (deed < 0.15) {
    await site.remove(webhook);
    webhooks[place] = await site.subscribe(url);
  } else if (deed < 0.4) webhooks[place] = await site.change(webhook, { url });
  else if (deed < 0.7) webhooks[place] = await site.change(webhook, { status: 'disabled' });
  else webhooks[place] = await site.change(webhook, { status: 'active' });
}

test.each(Array.from({ length: ROUNDS }, (_, n) => n))(
  'every delivery comes to its end, whatever is done to webhooks while events stream in (round %i)',
  async () => {
    const chance = seeded();
    const seed = `FAULT_SEED=${chance.seed}`;
    // given webhooks at two receivers that share few connections
    const moods = [moody(chance), moody(chance)];
    const receivers = await Promise.all(moods.map((mood) => receiverThat({ answer: () => mood.answer() })));
    const urls = receivers.map(({ url }) => url);
    const site = await openEngineSite({ limits: TIGHT });
    const webhooks: Webhook[] = [];
    for (let n = 0; n < WEBHOOKS; n++) {
      webhooks.push(await site.subscribe(`${urls[n % urls.length]}/${n}`, { maxRetries: 2 }));
    }
    // when they are changed at random while events come in
    const under: Promise<unknown>[] = [];
    let meddling = Promise.resolve();
    for (let step = 0; step < STEPS; step++) {
      const type = chance.pick([FIRST_TYPE, FIRST_TYPE, SECOND_TYPE]);
      const data = JSON.stringify({ filling: 'x'.repeat(chance.between(0, 400)) });
      under.push(site.report(chance.between(1, 4), data, type));
      if (chance.next() < 0.4) {
        meddling = meddling.then(() => meddle(site, webhooks, urls, chance));
        under.push(meddling);
      }
      moods[chance.between(0, moods.length)]?.release(); // at times nobody's
      if (chance.next() < 0.6) await Promise.all(under.splice(0));
    }
    await Promise.all(under);
    // and all are well and active in the end
    for (const mood of moods) mood.heal();
    for (const [place, webhook] of webhooks.entries()) {
      webhooks[place] = await site.change(webhook, { status: 'active' });
    }
    // then nothing is owed any more, once lanes whose circuit was open have drained, from 50 a second
    const totals = await until(
      () => site.store.listings.totals(),
      ({ pending, retrying }) => pending + retrying === 0,
      3_000_000,
    ).catch((error: unknown) => {
      throw new Error(seed, { cause: error });
    });
    expect(totals.delivered + totals.failed + totals.cancelled, seed).toBeGreaterThan(STEPS);
    // and no attempt was made twice
    const attempts = receivers
      .flatMap(({ requests }) => requests)
      .map(({ headers }) => `${headers['webhook-id']} ${headers['x-webhook-attempt']}`);
    expect(new Set(attempts).size, seed).toBe(attempts.length);
  },
);
