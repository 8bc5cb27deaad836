import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.js';
import type { HeldChoice, WebhookSpec } from '../../src/domain/webhook.js';
import { ManualClock } from '../support/clock.js';
import { type EngineSite, openEngineSite } from '../support/engine-site.js';
import { deliveryUidOf, type Reply } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { type Seeded, seeded } from '../support/seeded.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';
import { ends } from './ends.js';

const ROUNDS = rounds(40, 1);
const STEPS = 150;
const HOUR_MS = 3_600_000;

/** What a receiver may ask for, sense or none. */
const RETRY_AFTER = [
  '0',
  '2',
  '-5',
  '99999999999999999999',
  '1e9',
  'Wed, 21 Oct 2099 07:28:00 GMT',
  'soon',
] as const;

/** Says anything, at once or when it is let go; `well` lets it say 200 from then on. */
function moody(chance: Seeded) {
  const waiting: (() => void)[] = [];
  let mended = false;
  return {
    answer(): Reply | Promise<Reply> {
      if (mended) return { status: 200 };
      const status = chance.pick([200, 200, 200, 200, 500, 503, 429, 302]);
      const asks = chance.next() < 0.1 ? { 'retry-after': chance.pick(RETRY_AFTER) } : {};
      const reply = { status: chance.next() < 0.01 ? 410 : status, headers: asks };
      if (chance.next() < 0.7) return reply;
      return new Promise((resolve) => waiting.push(() => resolve(reply)));
    },
    letGo: () => waiting.shift()?.(),
    well(): void {
      mended = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}

class Scene {
  readonly clock = new ManualClock();
  readonly chance: Seeded;
  /** Living webhooks. */
  readonly uids = new Set<number>();
  /** Deliveries that somebody ended: an attempt that was under way then is not on record, and its number comes again. */
  readonly cancelled = new Set<number>();
  /** Event → the webhooks that it was accepted for. */
  readonly owed = new Map<number, number[]>();
  readonly #site: EngineSite;
  readonly #url: string;
  #paths = 0;

  constructor(site: EngineSite, clock: ManualClock, url: string, chance: Seeded) {
    this.#site = site;
    this.clock = clock;
    this.#url = url;
    this.chance = chance;
  }

  async subscribe(): Promise<void> {
    const members = { maxRetries: 2, ...this.#members() };
    this.uids.add((await this.#site.subscribe(this.#freshUrl(), members)).uid);
  }

  async report(): Promise<void> {
    const before = new Set(this.uids);
    const ids = await this.#site.report(this.chance.between(1, 5));
    // Those that lived all the time.
    const to = [...before].filter((uid) => this.uids.has(uid));
    for (const id of ids) this.owed.set(id, to);
  }

  /** One of all that people and time do. */
  async deed(): Promise<void> {
    const { chance, clock } = this;
    const uid = [...this.uids][chance.between(0, this.uids.size - 1)] ?? 0;
    const { engine, store } = this.#site;
    const deliveryUid = chance.between(1, 4 * this.owed.size);
    const deeds: (() => Promise<unknown>)[] = [
      () => this.change(uid, { status: 'disabled' }),
      () => this.change(uid, { status: 'active' }, chance.pick(['release', 'expire'])),
      () => this.change(uid, { status: 'active' }),
      () => this.change(uid, { url: this.#freshUrl(), status: 'active' }),
      () => this.change(uid, this.#members()),
      async () => {
        const { kind } = await engine.cancel({ deliveryUid, by: SYSTEM });
        if (kind === 'cancelled') this.cancelled.add(deliveryUid);
      },
      () => engine.resend({ deliveryUid, by: SYSTEM }),
      // The clock may pass its limit before it began: then it is refused.
      () => engine.test({ webhookUid: uid, source: 'panel' }).catch(() => null),
      () => this.#startJob(uid),
      async () => {
        const ended = await store.jobs.cancel(chance.between(1, 20), SYSTEM);
        if (ended.kind === 'cancelled') engine.jobChanged(ended.job);
      },
      async () => clock.jump(chance.pick([HOUR_MS, -HOUR_MS])),
      async () => clock.advance(chance.between(1, 20_000)),
      async () => clock.suspend(chance.between(1, 60_000)),
    ];
    if (chance.next() < 0.03) {
      const webhook = await store.webhooks.get(uid);
      if (!webhook || !this.uids.delete(uid)) return;
      await this.#site.remove(webhook);
      await this.subscribe();
    } else await deeds[chance.between(0, deeds.length - 1)]?.();
  }

  async change(uid: number, change: Partial<WebhookSpec>, choice: HeldChoice = 'release'): Promise<void> {
    const now = await this.#site.store.webhooks.get(uid);
    if (!now) return;
    await this.#site.store.webhooks.update(uid, { ...now, ...change }, SYSTEM, choice);
    await this.#site.engine.webhooksChanged();
  }

  #members(): Partial<WebhookSpec> {
    const { chance } = this;
    return {
      ordered: chance.next() < 0.5,
      rateLimit: chance.pick([null, null, 1, 5]),
      maxAge: chance.pick([null, null, 60, 100_000]),
    };
  }

  async #startJob(webhookUid: number): Promise<void> {
    const mode = this.chance.pick<'deliveries' | 'events'>(['deliveries', 'events']);
    const spec = { eventTypes: null, sources: null, from: null, to: null };
    const statuses: ('failed' | 'expired' | 'cancelled')[] =
      mode === 'events' ? [] : ['failed', 'expired', 'cancelled'];
    const job = await this.#site.store.jobs.start({ ...spec, mode, statuses, webhookUid }, SYSTEM);
    if (job) this.#site.engine.jobChanged(job);
  }

  #freshUrl(): string {
    return `${this.#url}/${this.#paths++}`;
  }
}

test.each(Array.from({ length: ROUNDS }, (_, n) => n))(
  'what was accepted for a webhook has one delivery with its end, whatever people, receivers and clocks do (round %i)',
  async () => {
    const chance = seeded();
    const seed = `FAULT_SEED=${chance.seed}`;
    // given
    const clock = new ManualClock();
    const mood = moody(chance);
    const receiver = await receiverThat({ answer: () => mood.answer() });
    const limits = { total: 12, perLane: 3, perOrigin: 8, lane: 16, bytes: 20_000 };
    const site = await openEngineSite({ clock, limits, retryBaseMs: 1_000 });
    const scene = new Scene(site, clock, receiver.url, chance);
    for (let n = 0; n < 4; n++) await scene.subscribe();
    // when
    const underWay: Promise<unknown>[] = [];
    for (let step = 0; step < STEPS; step++) {
      if (chance.next() < 0.5) await scene.report();
      else underWay.push(scene.deed());
      mood.letGo();
      if (chance.next() < 0.5) await new Promise((resolve) => setImmediate(resolve));
      // A test is answered when its receiver answers.
      if (chance.next() < 0.3) mood.letGo();
    }
    mood.well();
    await Promise.all(underWay);
    for (const uid of scene.uids) await scene.change(uid, { status: 'active', rateLimit: null });
    // then: a clock that was set back may keep a retry for hours, and a receiver for a day
    const pass = () => clock.suspend(20_000);
    const running = async () =>
      (await site.store.jobs.list({ limit: 1, offset: 0, asc: true, state: 'running' })).total;
    const counted = await until(
      async () => ({ ended: await ends(site, pass, 20_000), jobs: await running() }),
      ({ jobs }) => jobs === 0,
    ).catch((error: unknown) => {
      throw new Error(seed, { cause: error });
    });
    const seen: Record<string, number> = {};
    for (const [id, to] of scene.owed) {
      const deliveries = (await site.store.listings.event(id))?.deliveries ?? [];
      const webhooks = deliveries.map(({ webhookUid }) => webhookUid);
      expect(new Set(webhooks).size, `${seed}: event ${id} twice for a webhook`).toBe(webhooks.length);
      expect(webhooks, `${seed}: event ${id}`).toEqual(expect.arrayContaining(to));
      for (const { state, reason, attempts, attemptLog } of deliveries) {
        seen[state] = (seen[state] ?? 0) + 1;
        expect(reason, seed).not.toBeNull();
        expect(
          attemptLog.map(({ number }) => number),
          seed,
        ).toEqual(Array.from({ length: attempts }, (_, n) => n + 1));
      }
    }
    expect(seen, seed).toEqual(await ends(site));
    expect(Object.keys(counted.ended), seed).toContain('delivered');
    // and no attempt was made twice
    const made = receiver.requests
      .filter(({ headers }) => !scene.cancelled.has(deliveryUidOf(headers)))
      .map(({ headers }) => `${headers['webhook-id']} ${headers['x-webhook-attempt']}`);
    expect(new Set(made).size, seed).toBe(made.length);
  },
);
