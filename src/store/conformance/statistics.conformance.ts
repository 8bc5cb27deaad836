import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import { type DeliveryState, STATES } from '../../domain/delivery.js';
import type { HeldDelivery, Session, StatisticsQuery, StatisticsResult } from '../store.js';
import {
  ANNA,
  accept,
  CALL,
  createWebhook,
  DOOR,
  event,
  FAILED,
  type MakeStore,
  outcome,
  ROOMY,
  retry,
  type StoreUnderTest,
} from './harness.conformance.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ALL = { from: 0, stepMs: null, by: null, eventType: null, maxPoints: 100_000 } as const;

type Counted = Extract<StatisticsResult, { kind: 'counted' }>;

/** What is known of a delivery without asking the statistics. */
interface Known {
  webhookUid: number;
  eventType: string;
  state: DeliveryState;
  acceptedAt: number;
  /** ms; null: not delivered. */
  latency: number | null;
}

type Step =
  | { do: 'accept'; eventType: string }
  | { do: 'end' | 'fail' | 'retry'; which: number }
  | { do: 'claim'; webhook: number }
  | { do: 'advance'; ms: number }
  | { do: 'delete' | 'test'; webhook: number }
  | { do: 'tidy'; limit: number };

const which = fc.nat(20);
const webhook = fc.nat(2);
const weighted = (weight: number, arbitrary: fc.Arbitrary<unknown>) => ({ weight, arbitrary });
const step = fc.oneof(
  weighted(5, fc.record({ do: fc.constant('accept'), eventType: fc.constantFrom(DOOR, CALL) })),
  weighted(6, fc.record({ do: fc.constantFrom('end', 'fail', 'retry'), which })),
  weighted(3, fc.record({ do: fc.constant('claim'), webhook })),
  weighted(
    4,
    fc.record({
      do: fc.constant('advance'),
      ms: fc.constantFrom(7, 900, 30_000, 3 * MINUTE, HOUR + 1, 50 * HOUR),
    }),
  ),
  weighted(1, fc.record({ do: fc.constantFrom('delete', 'test'), webhook })),
  weighted(1, fc.record({ do: fc.constant('tidy'), limit: fc.constantFrom(2, 500) })),
) as fc.Arbitrary<Step>;

/** Both ends of a window lie beside some delivery: elsewhere nothing is cut in two. */
const edge = fc.record({
  which: fc.nat(100),
  offset: fc.constantFrom(-10 * MINUTE, -MINUTE - 1, -1, 0, 1, MINUTE, 20 * MINUTE),
});
const query = fc.record({
  edges: fc.tuple(edge, edge),
  stepMs: fc.constantFrom(null, MINUTE, 7 * MINUTE, HOUR, 24 * HOUR),
  by: fc.constantFrom(null, 'webhook', 'event-type'),
  eventType: fc.constantFrom(null, DOOR, CALL),
} as const);

/** Drives a store through a history, and remembers each delivery. */
class History {
  readonly known = new Map<number, Known>();
  readonly #under: StoreUnderTest;
  readonly #session: Session;
  readonly #webhooks: { uid: number; versionId: number }[];
  #held: HeldDelivery[] = [];

  constructor(under: StoreUnderTest, session: Session, webhooks: { uid: number; versionId: number }[]) {
    this.#under = under;
    this.#session = session;
    this.#webhooks = webhooks;
  }

  async run(one: Step): Promise<void> {
    const { deliveries } = this.#under.store;
    if (one.do === 'advance') return this.#under.advance(one.ms);
    if (one.do === 'tidy') {
      while ((await deliveries.tidy(one.limit)).more);
      return;
    }
    if (one.do === 'accept') return this.#accept(one.eventType);
    if ('which' in one) return this.#end(one.do, one.which);
    const chosen = this.#webhooks[one.webhook];
    if (!chosen) return;
    if (one.do === 'claim') {
      const claim = { session: this.#session, webhookUid: chosen.uid, limit: 5 };
      this.#held.push(...(await deliveries.claim(claim)).deliveries);
    } else if (one.do === 'test') {
      const request = { session: this.#session, webhookUid: chosen.uid, eventType: DOOR };
      await deliveries.acceptTest({ ...request, source: 'porter', data: '{}' });
    } else {
      await this.#under.store.webhooks.remove(chosen.uid, ANNA);
      while ((await deliveries.endOrphans(2)).more);
    }
  }

  /** As the rows themselves say, of all that were ever accepted. */
  async rows(): Promise<Known[]> {
    const rows: Known[] = [];
    for (const [uid, known] of this.known) {
      const details = await this.#under.store.listings.delivery(uid);
      if (!details) throw new Error(`delivery ${uid} is not shown`);
      rows.push({ ...known, state: details.delivery.state });
    }
    return rows;
  }

  async #accept(eventType: string): Promise<void> {
    const now = await this.#under.now();
    const { items, offered } = await accept(this.#under.store, this.#session, [event({ eventType })]);
    this.#held.push(...offered);
    const stored = await this.#under.store.listings.event(items[0]?.eventId ?? 0);
    for (const { uid, webhookUid } of stored?.deliveries ?? []) {
      this.known.set(uid, { webhookUid, eventType, state: 'pending', acceptedAt: now, latency: null });
    }
  }

  async #end(how: 'end' | 'fail' | 'retry', index: number): Promise<void> {
    const held = this.#held.splice(index % Math.max(1, this.#held.length), 1)[0];
    if (!held) return;
    const versionId = this.#webhooks.find(({ uid }) => uid === held.webhookUid)?.versionId ?? 0;
    const made =
      how === 'retry'
        ? retry(this.#session, held, versionId, 5_000)
        : outcome(this.#session, held, versionId, how === 'fail' ? { next: FAILED } : {});
    const result = await this.#under.store.deliveries.record(made);
    const known = this.known.get(held.uid);
    if (result.kind !== 'recorded' || !known) throw new Error(`delivery ${held.uid} was not recorded`);
    if (result.state === 'delivered') known.latency = (await this.#under.now()) - known.acceptedAt;
  }
}

function between(rows: Known[], edges: { which: number; offset: number }[], now: number) {
  const at = edges
    .map(({ which, offset }) => (rows[which % Math.max(1, rows.length)]?.acceptedAt ?? now) + offset)
    .sort((a, b) => a - b);
  return { from: at[0] ?? now, to: at[1] ?? now };
}

/** What the statistics must say of `rows`: counts by series and point. */
function counted(
  rows: Known[],
  { from, to, stepMs }: Counted,
  asked: Pick<StatisticsQuery, 'by' | 'eventType'>,
) {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    if (row.acceptedAt < from || row.acceptedAt >= to) continue;
    if (asked.eventType !== null && row.eventType !== asked.eventType) continue;
    const series = asked.by === 'webhook' ? row.webhookUid : asked.by === null ? null : row.eventType;
    const names = [`${series} ${row.state}`];
    if (stepMs !== null) names.push(`${series} ${row.acceptedAt - (row.acceptedAt % stepMs)} ${row.state}`);
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function said({ series }: Counted): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { webhookUid, eventType, points, ...whole } of series) {
    for (const state of STATES) {
      const name = webhookUid ?? eventType;
      if (whole.counts[state] !== 0) counts[`${name} ${state}`] = whole.counts[state];
      for (const point of points) {
        if (point.counts[state] !== 0) counts[`${name} ${point.start} ${state}`] = point.counts[state];
      }
    }
  }
  return counts;
}

export function statisticsConformance(makeStore: MakeStore): void {
  describe('statistics', () => {
    let under: StoreUnderTest;
    let session: Session;

    beforeEach(async () => {
      under = await makeStore();
      session = await under.store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    const ask = async (change: Partial<StatisticsQuery> = {}): Promise<Counted> => {
      const now = await under.now();
      const result = await under.store.listings.statistics({ ...ALL, from: now - HOUR, to: now, ...change });
      if (result.kind !== 'counted') throw new Error('there were too many points');
      return result;
    };

    test('are one series of nothing where nothing was accepted', async () => {
      const { series } = await ask({ stepMs: MINUTE });
      expect(series).toEqual([
        {
          webhookUid: null,
          eventType: null,
          counts: { pending: 0, retrying: 0, delivered: 0, failed: 0, cancelled: 0, expired: 0 },
          latency: null,
          points: [],
        },
      ]);
      expect((await ask({ by: 'webhook' })).series).toEqual([]);
    });

    test('say how long deliveries took, right within a tenth', async () => {
      const { versionId } = await createWebhook(under.store);
      const { offered } = await accept(
        under.store,
        session,
        Array.from({ length: 100 }, () => event()),
      );
      for (const held of offered) {
        await under.advance(10);
        await under.store.deliveries.record(outcome(session, held, versionId));
      }

      const { latency } = (await ask()).series[0] ?? {};

      const near = (ms: number) => expect.closeTo(ms, -Math.log10(ms / 5));
      expect(latency).toEqual({ p50: near(500), p95: near(950), p99: near(990) });
    });

    test('count each series and point alone', async () => {
      const both = await createWebhook(under.store, { eventTypes: [DOOR, CALL] });
      const doors = await createWebhook(under.store, { eventTypes: [DOOR] });
      const begun = await under.now();
      await accept(under.store, session, [event(), event({ eventType: CALL })]);
      await under.advance(2 * MINUTE);
      await accept(under.store, session);

      const byWebhook = await ask({ by: 'webhook', stepMs: MINUTE });
      const byType = await ask({ by: 'event-type' });
      const calls = await ask({ eventType: CALL });
      const ofDoors = await ask({ webhookUids: [doors.uid] });
      const callsOfDoors = await ask({ webhookUids: [doors.uid], eventType: CALL });
      const ofNobody = await ask({ webhookUids: [] });

      expect(byWebhook.series).toMatchObject([
        {
          webhookUid: both.uid,
          counts: { pending: 3 },
          points: [
            { start: begun, counts: { pending: 2 } },
            { start: begun + 2 * MINUTE, counts: { pending: 1 } },
          ],
        },
        { webhookUid: doors.uid, counts: { pending: 2 } },
      ]);
      const named = byType.series.map(({ eventType, counts }) => [eventType, counts.pending]);
      expect(Object.fromEntries(named)).toEqual({ [DOOR]: 4, [CALL]: 1 });
      expect(calls.series).toMatchObject([{ eventType: null, counts: { pending: 1 } }]);
      const counts = [ofDoors, callsOfDoors, ofNobody].map(({ series }) => series[0]?.counts.pending);
      expect(counts).toEqual([2, 0, 0]);
    });

    test('refuse to give more points than were asked for', async () => {
      await createWebhook(under.store);
      for (let n = 0; n < 3; n++) {
        await accept(under.store, session);
        await under.advance(MINUTE);
      }
      expect((await ask({ stepMs: MINUTE, maxPoints: 3 })).series[0]?.points).toHaveLength(3);
      const now = await under.now();
      const window = { ...ALL, from: now - HOUR, to: now, stepMs: MINUTE, maxPoints: 2 };
      expect(await under.store.listings.statistics(window)).toEqual({ kind: 'too-many-points' });
    });

    test('equal a count over the rows after any history, minutes folded into hours or not', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 5, maxLength: 40 }),
          fc.array(query, { minLength: 1, maxLength: 5 }),
          async (steps, queries) => {
            const world = await makeStore();
            try {
              const hooks = [
                await createWebhook(world.store, { eventTypes: [DOOR, CALL] }),
                await createWebhook(world.store),
                await createWebhook(world.store, { eventTypes: [CALL] }),
              ];
              const history = new History(world, await world.store.deliveries.openSession(ROOMY), hooks);
              for (const one of steps) await history.run(one);

              const rows = await history.rows();
              for (const { edges, ...asked } of queries) {
                const window = between(rows, edges, await world.now());
                const ours = async () => {
                  const result = await world.store.listings.statistics({ ...ALL, ...asked, ...window });
                  if (result.kind !== 'counted') throw new Error('there were too many points');
                  expect(result.from).toBeLessThanOrEqual(window.from);
                  expect(result.to).toBeGreaterThan(window.to);
                  expect(said(result)).toEqual(counted(rows, result, asked));
                  expectLatencies(result, rows, asked);
                  return result;
                };
                const before = await ours();
                while ((await world.store.deliveries.tidy(3)).more);
                expect(await ours()).toEqual(before);
              }
            } finally {
              await world.dispose();
            }
          },
        ),
        { numRuns: rounds(20, 6) },
      );
    });
  });
}

function expectLatencies(
  { from, to, series }: Counted,
  rows: Known[],
  asked: Pick<StatisticsQuery, 'by' | 'eventType'>,
) {
  for (const { webhookUid, eventType, latency } of series) {
    const exact = rows
      .filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < to)
      .filter((row) => asked.eventType === null || row.eventType === asked.eventType)
      .filter((row) => webhookUid === null || row.webhookUid === webhookUid)
      .filter((row) => eventType === null || row.eventType === eventType)
      .flatMap((row) => row.latency ?? [])
      .sort((a, b) => a - b);
    if (exact.length === 0) expect(latency).toBeNull();
    for (const [name, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const at = exact[Math.ceil(share * exact.length) - 1];
      if (at !== undefined) expect(Math.abs((latency?.[name] ?? -1) - at)).toBeLessThanOrEqual(0.1 * at + 1);
    }
  }
}
