import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import type { HeldDelivery, Session, Store } from '../store.js';
import {
  ANNA,
  createWebhook,
  event,
  FAILED,
  type MakeStore,
  outcome,
  retry,
  type StoreUnderTest,
  spec,
} from './harness.conformance.js';

const PER_LANE = 3;
const LIMITS = { perLane: PER_LANE, bytes: 400 };

type Step =
  | { do: 'accept'; count: number }
  | { do: 'claim'; lane: number; limit: number }
  | { do: 'end' | 'fail' | 'retry' | 'release'; which: number }
  | { do: 'advance'; ms: number }
  | { do: 'toggle' | 'delete'; lane: number }
  | { do: 'restart' | 'tidy' };

const which = fc.nat(20);
const lane = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('accept'), count: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('claim'), lane, limit: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('end', 'fail', 'retry', 'release'), which }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance'), ms: fc.constantFrom(1, 500, 100_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('toggle', 'delete'), lane }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart', 'tidy') }) },
) as fc.Arbitrary<Step>;

/** Drives a store through any order of verbs, and keeps count of what it must still owe. */
class Driver {
  readonly #under: StoreUnderTest;
  #session: Session;
  readonly #lanes: number[];
  #held: HeldDelivery[] = [];
  /** Event ids and how many deliveries each was given. */
  readonly #events = new Map<number, number>();
  readonly #versions = new Map<number, number>();

  constructor(under: StoreUnderTest, session: Session, lanes: { uid: number; versionId: number }[]) {
    this.#under = under;
    this.#session = session;
    this.#lanes = lanes.map(({ uid }) => uid);
    for (const { uid, versionId } of lanes) this.#versions.set(uid, versionId);
  }

  async run(one: Step): Promise<void> {
    const { store } = this.#under;
    const { deliveries } = store;
    const session = this.#session;
    switch (one.do) {
      case 'accept':
        return this.#accept(store, one.count);
      case 'claim': {
        const webhookUid = this.#lanes[one.lane] ?? 0;
        const claimed = await deliveries.claim({ session, webhookUid, limit: one.limit });
        expect(claimed.deliveries.length).toBeLessThanOrEqual(one.limit);
        return this.#take(claimed.deliveries);
      }
      case 'release': {
        const held = this.#give(one.which);
        if (held) await deliveries.release({ session, rows: [{ uid: held.uid, claimNo: held.claimNo }] });
        return;
      }
      case 'end':
      case 'fail':
      case 'retry':
        return this.#record(one.do, one.which);
      case 'advance':
        return this.#under.advance(one.ms);
      case 'toggle': {
        const uid = this.#lanes[one.lane] ?? 0;
        const webhook = await store.webhooks.get(uid);
        if (!webhook) return;
        const status = webhook.status === 'active' ? 'disabled' : 'active';
        await store.webhooks.update(uid, spec({ ...webhook, status }), ANNA);
        return;
      }
      case 'delete':
        await store.webhooks.remove(this.#lanes[one.lane] ?? 0, ANNA);
        await deliveries.endOrphans(2);
        return;
      case 'tidy':
        await deliveries.tidy(1);
        return;
      case 'restart':
        this.#session = await (await this.#under.restart()).deliveries.openSession(LIMITS);
        this.#held = [];
    }
  }

  /** Works off all that is left, as an engine would. */
  async drain(): Promise<void> {
    const { store } = this.#under;
    while ((await store.deliveries.endOrphans(3)).more);
    for (const uid of this.#lanes) {
      const webhook = await store.webhooks.get(uid);
      if (webhook) await store.webhooks.update(uid, { ...webhook, status: 'active' }, ANNA);
    }
    while (this.#held.length > 0) await this.#record('end', 0);
    while ((await store.deliveries.endOrphans(3)).more);
    await this.#under.advance(1_000_000);
    for (const { webhookUid } of await store.deliveries.backlog(this.#session)) {
      for (let more = true; more; ) {
        const claimed = await store.deliveries.claim({ session: this.#session, webhookUid, limit: 2 });
        expect(claimed.deliveries.length > 0 || !claimed.more).toBe(true);
        this.#take(claimed.deliveries);
        while (this.#held.length > 0) await this.#record('end', 0);
        more = claimed.more;
      }
    }
  }

  /** Everything owed was given exactly the attempts on its record, has ended, and is counted once. */
  async check(): Promise<void> {
    const { listings, deliveries } = this.#under.store;
    expect(await deliveries.backlog(this.#session)).toEqual([]);
    const counted: Record<string, number> = {};
    for (const [eventId, owed] of this.#events) {
      const stored = await listings.event(eventId);
      expect(stored?.deliveries.length).toBe(owed);
      for (const { state, attempts, attemptLog } of stored?.deliveries ?? []) {
        counted[state] = (counted[state] ?? 0) + 1;
        expect(['delivered', 'failed', 'cancelled']).toContain(state);
        expect(attemptLog.map(({ number }) => number)).toEqual(
          Array.from({ length: attempts }, (_, index) => index + 1),
        );
      }
    }
    const none = { pending: 0, retrying: 0, delivered: 0, failed: 0, cancelled: 0, expired: 0 };
    expect(await listings.totals()).toEqual({ ...none, ...counted });
  }

  async #accept(store: Store, count: number): Promise<void> {
    const living = (await store.webhooks.changesSince(0)).changed.length;
    const events = Array.from({ length: count }, () => event({ data: `{"n":"${'x'.repeat(40)}"}` }));
    const result = await store.deliveries.accept({ session: this.#session, credential: 'user:1', events });
    if (result.kind !== 'accepted') throw new Error(result.kind);
    for (const { eventId } of result.items) this.#events.set(eventId, living);
    this.#take(result.offered);
  }

  async #record(kind: 'end' | 'fail' | 'retry', index: number): Promise<void> {
    const held = this.#give(index);
    if (!held) return;
    const versionId = this.#versions.get(held.webhookUid) ?? 0;
    const request =
      kind === 'retry'
        ? retry(this.#session, held, versionId, 1_000)
        : outcome(this.#session, held, versionId, kind === 'fail' ? { next: FAILED } : {});
    expect(await this.#under.store.deliveries.record(request)).toMatchObject({ kind: 'recorded' });
  }

  #take(deliveries: readonly HeldDelivery[]): void {
    const uids = new Set(this.#held.map(({ uid }) => uid));
    for (const held of deliveries) {
      expect(uids.has(held.uid)).toBe(false);
      this.#held.push(held);
    }
    for (const webhookUid of this.#lanes) {
      const inHands = this.#held.filter((held) => held.webhookUid === webhookUid).length;
      expect(inHands).toBeLessThanOrEqual(PER_LANE);
    }
  }

  #give(index: number): HeldDelivery | undefined {
    if (this.#held.length === 0) return undefined;
    return this.#held.splice(index % this.#held.length, 1)[0];
  }
}

export function owingConformance(makeStore: MakeStore): void {
  describe('owing deliveries', () => {
    test('owes every accepted event until its end is on record, whatever happens in whatever order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
          const under = await makeStore();
          try {
            const lanes = [];
            for (let index = 0; index < 3; index++) lanes.push(await createWebhook(under.store));
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
