import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import { END_STATES } from '../../domain/delivery.js';
import type { HeldChoice } from '../../domain/webhook.js';
import type { HeldDelivery, Session, StatisticsCounts, Store } from '../store.js';
import {
  ANNA,
  createWebhook,
  event,
  FAILED,
  type MakeStore,
  outcome,
  retry,
  type StoreUnderTest,
} from './harness.conformance.js';

const LIMITS = { perLane: 3, bytes: 1_000 };
const LANES = 3;
const HOUR = 3_600_000;

type Step =
  | { do: 'accept'; count: number }
  | { do: 'claim' | 'disable' | 'enable' | 'empty' | 'delete' | 'job'; lane: number }
  | { do: 'end' | 'fail' | 'retry' | 'release' | 'cancel' | 'resend'; which: number }
  | { do: 'advance'; ms: number }
  | { do: 'sweep' | 'work' | 'restart' | 'index' };

const which = fc.nat(40);
const lane = fc.nat(LANES - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('accept'), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('claim'), lane }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('end', 'fail', 'retry', 'release'), which }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'resend', 'resend'), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('disable', 'enable', 'empty', 'job'), lane }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('advance'), ms: fc.constantFrom(1, 1_000, 25 * HOUR) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('sweep', 'work', 'index') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete'), lane }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
) as fc.Arbitrary<Step>;

/** Does anything that can be done to deliveries, and keeps count of what was accepted for whom. */
class Driver {
  readonly #under: StoreUnderTest;
  readonly #lanes: number[];
  readonly #versions: Map<number, number>;
  #session: Session;
  #held: HeldDelivery[] = [];
  /** Claims of deliveries that were cancelled in these hands. */
  readonly #cancelled = new Set<string>();
  /** Events, and for how many webhooks each was accepted. */
  readonly #owed = new Map<number, number>();

  constructor(under: StoreUnderTest, session: Session, lanes: { uid: number; versionId: number }[]) {
    this.#under = under;
    this.#session = session;
    this.#lanes = lanes.map(({ uid }) => uid);
    this.#versions = new Map(lanes.map(({ uid, versionId }) => [uid, versionId]));
  }

  get #store(): Store {
    return this.#under.store;
  }

  async run(one: Step): Promise<void> {
    const { deliveries } = this.#store;
    const session = this.#session;
    switch (one.do) {
      case 'accept':
        return this.#accept(one.count);
      case 'claim':
        return this.#claim(this.#lanes[one.lane] ?? 0);
      case 'release': {
        const held = this.#give(one.which);
        if (held) await deliveries.release({ session, rows: [{ uid: held.uid, claimNo: held.claimNo }] });
        return;
      }
      case 'end':
      case 'fail':
      case 'retry':
        return this.#record(one.do, one.which);
      case 'cancel':
        return this.#cancel(one.which);
      case 'resend':
        await deliveries.resend({ session, uid: 1 + one.which, by: ANNA });
        return;
      case 'advance':
        return this.#under.advance(one.ms);
      case 'disable':
        return this.#switch(one.lane, 'disabled', 'release');
      case 'enable':
        return this.#switch(one.lane, 'active', 'release');
      case 'empty':
        return this.#switch(one.lane, 'active', 'expire');
      case 'delete':
        await this.#store.webhooks.remove(this.#lanes[one.lane] ?? 0, ANNA);
        await deliveries.endOrphans(2);
        return;
      case 'job':
        return this.#startJob(this.#lanes[one.lane] ?? 0);
      case 'sweep':
        await deliveries.expireHeld(2);
        return;
      case 'work':
        await this.#work(2);
        return;
      case 'index':
        await deliveries.indexLists(1);
        return;
      case 'restart':
        this.#session = await (await this.#under.restart()).deliveries.openSession(LIMITS);
        this.#held = [];
    }
  }

  /** Works off all that is left, as an engine would. */
  async drain(): Promise<void> {
    const { deliveries } = this.#store;
    for (let index = 0; index < LANES; index++) await this.#switch(index, 'active', 'release');
    while ((await this.#work(10)) > 0);
    while (this.#held.length > 0) await this.#record('end', 0);
    await this.#under.advance(HOUR);
    for (const uid of this.#lanes) {
      for (let claimed = -1; claimed !== 0; ) {
        await this.#claim(uid);
        claimed = this.#held.length;
        while (this.#held.length > 0) await this.#record('end', 0);
      }
    }
    while ((await deliveries.expireHeld(3)).more);
    while ((await deliveries.endOrphans(3)).more);
  }

  async check(): Promise<void> {
    const { listings, deliveries } = this.#store;
    expect(await deliveries.backlog(this.#session)).toEqual([]);
    const ends: Record<string, number> = {};
    let owed = 0;
    for (const [eventId, webhooks] of this.#owed) {
      owed += webhooks;
      const stored = await listings.event(eventId);
      expect(stored?.deliveries).toHaveLength(webhooks);
      for (const { state, reason, attempts, attemptLog } of stored?.deliveries ?? []) {
        ends[state] = (ends[state] ?? 0) + 1;
        expect(END_STATES).toContain(state);
        expect(reason).not.toBeNull();
        expect(attemptLog.map(({ number }) => number)).toEqual(
          Array.from({ length: attempts }, (_, index) => index + 1),
        );
      }
    }
    expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(owed);
    const none = { pending: 0, retrying: 0, delivered: 0, failed: 0, cancelled: 0, expired: 0 };
    expect(await listings.totals()).toEqual({ ...none, ...ends });
    expect((await this.#statistics()).counts).toEqual({ ...none, ...ends });
    for (const status of END_STATES) expect(await this.#listed(status)).toBe(ends[status] ?? 0);
  }

  async #accept(count: number): Promise<void> {
    const living = (await this.#store.webhooks.changesSince(0)).changed.length;
    const events = Array.from({ length: count }, () => event());
    const result = await this.#store.deliveries.accept({
      session: this.#session,
      credential: 'user:1',
      events,
    });
    if (result.kind !== 'accepted') throw new Error(result.kind);
    for (const { eventId } of result.items) this.#owed.set(eventId, living);
    this.#held.push(...result.offered);
  }

  async #claim(webhookUid: number): Promise<void> {
    for (let again = true; again; ) {
      const claimed = await this.#store.deliveries.claim({ session: this.#session, webhookUid, limit: 2 });
      this.#held.push(...claimed.deliveries);
      again = claimed.again && claimed.deliveries.length === 0;
    }
  }

  async #record(kind: 'end' | 'fail' | 'retry', index: number): Promise<void> {
    const held = this.#give(index);
    if (!held) return;
    const versionId = this.#versions.get(held.webhookUid) ?? 0;
    const request =
      kind === 'retry'
        ? retry(this.#session, held, versionId, 1_000)
        : outcome(this.#session, held, versionId, kind === 'fail' ? { next: FAILED } : {});
    // No two attempts begin at the same instant with the same number: equal ones would be one that is told twice.
    const startedAt = request.attempt.startedAt + held.claimNo;
    const { kind: result } = await this.#store.deliveries.record({
      ...request,
      attempt: { ...request.attempt, startedAt },
    });
    expect(result).toBe(this.#cancelled.has(claimOf(held)) ? 'stale' : 'recorded');
  }

  async #cancel(index: number): Promise<void> {
    const uid = 1 + index;
    const result = await this.#store.deliveries.cancel({ session: this.#session, uid, by: ANNA });
    if (result.kind !== 'cancelled') return;
    for (const held of this.#held) if (held.uid === uid) this.#cancelled.add(claimOf(held));
  }

  async #switch(index: number, status: 'active' | 'disabled', held: HeldChoice): Promise<void> {
    const webhook = await this.#store.webhooks.get(this.#lanes[index] ?? 0);
    if (webhook) await this.#store.webhooks.update(webhook.uid, { ...webhook, status }, ANNA, held);
  }

  async #startJob(webhookUid: number): Promise<void> {
    const any = { eventTypes: null, sources: null, from: null, to: null };
    const spec = { mode: 'deliveries' as const, webhookUid, statuses: [...END_STATES], ...any };
    await this.#store.jobs.start(spec, ANNA);
  }

  /** How many jobs run on. */
  async #work(limit: number): Promise<number> {
    let running = 0;
    for (const { uid } of await this.#store.jobs.claim(this.#session)) {
      const request = { session: this.#session, jobUid: uid, limit, dueBelow: 1_000 };
      const result = await this.#store.jobs.step(request);
      if (result?.job.state === 'running') running++;
      if (result?.job.state === 'done') expect(result.job.done + result.job.skipped).toBe(result.job.total);
    }
    return running;
  }

  async #statistics(): Promise<StatisticsCounts> {
    const window = { from: 0, to: (await this.#under.now()) + HOUR, stepMs: null };
    const result = await this.#store.listings.statistics({
      ...window,
      by: null,
      eventType: null,
      maxPoints: 10,
    });
    const [all] = result.kind === 'counted' ? result.series : [];
    if (!all) throw new Error('there are no statistics');
    return all;
  }

  async #listed(status: (typeof END_STATES)[number]): Promise<number | null> {
    const any = { webhookUids: null, eventTypes: null, sources: null, eventIds: null, from: null, to: null };
    const filter = { ...any, statuses: [status] };
    const { total } = await this.#store.listings.deliveries({
      filter,
      asc: true,
      slice: { limit: 1, offset: 0 },
    });
    return total;
  }

  #give(index: number): HeldDelivery | undefined {
    if (this.#held.length === 0) return undefined;
    return this.#held.splice(index % this.#held.length, 1)[0];
  }
}

const claimOf = ({ uid, claimNo }: HeldDelivery) => `${uid}:${claimNo}`;

export function endsConformance(makeStore: MakeStore): void {
  describe('ends', () => {
    test('are as many as events were accepted for webhooks, one each, whatever people and time do to them', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
          const under = await makeStore();
          try {
            const lanes = [];
            for (let index = 0; index < LANES; index++) {
              lanes.push(await createWebhook(under.store, { ordered: index === 0 }));
            }
            const session = await under.store.deliveries.openSession(LIMITS);
            const driver = new Driver(under, session, lanes);
            for (const one of steps) await driver.run(one);
            await driver.drain();
            await driver.check();
          } finally {
            await under.dispose();
          }
        }),
        { numRuns: rounds(25, 8) },
      );
    });
  });
}
