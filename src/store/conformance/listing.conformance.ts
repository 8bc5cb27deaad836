import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import type { HeldDelivery, Session, Store } from '../store.js';
import {
  ANNA,
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
import {
  byDue,
  byUid,
  type DeliveryFilter,
  deliveriesIn,
  eventsIn,
  type Model,
  readModel,
} from './listing-model.conformance.js';

const BOOT = 'log.device_booted';
/** No webhook wants it. */
const TAMPER = 'log.tamper_event';
const TYPES = [DOOR, CALL, BOOT, TAMPER];
const SOURCES = ['panel-1', 'panel-2', 'Дверь 3'];
const STATUSES = ['pending', 'retrying', 'delivered', 'failed', 'cancelled', 'expired', 'held'] as const;

type Step =
  | { do: 'accept'; type: string; source: string; count: number }
  | { do: 'end' | 'fail' | 'retry'; which: number }
  | { do: 'test' | 'open test' | 'toggle' | 'delete'; lane: number }
  | { do: 'advance' | 'jump'; ms: number }
  | { do: 'index' }
  | { do: 'cut'; keepMs: number; limit: number };

const which = fc.nat(50);
const lane = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('accept'),
      type: fc.constantFrom(...TYPES),
      source: fc.constantFrom(...SOURCES),
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('end', 'fail', 'retry'), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('test', 'open test', 'toggle', 'delete'), lane }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('advance'), ms: fc.constantFrom(1, 999, 60_000, 3_600_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump'), ms: fc.constantFrom(-120_000, 7_200_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('index') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cut'),
      keepMs: fc.constantFrom(1, 60_000, 3_600_000),
      limit: fc.constantFrom(1, 5, 50),
    }),
  },
) as fc.Arbitrary<Step>;

const some = <T>(...values: T[]) => fc.option(fc.subarray(values, { minLength: 0 }), { freq: 2 });
/** Of an instant of the history, by its place, a little off now and then. */
const instant = fc.option(fc.record({ which: fc.nat(100), off: fc.constantFrom(-1, 0, 0, 1) }), { freq: 3 });

const question = fc.record({
  webhooks: some(0, 1, 2, 3, 4),
  eventTypes: some(...TYPES),
  statuses: some(...STATUSES),
  sources: some(...SOURCES, 'nobody'),
  events: fc.option(fc.array(fc.nat(120), { maxLength: 4 }), { freq: 5 }),
  from: instant,
  to: instant,
  unmatched: fc.boolean(),
  asc: fc.boolean(),
  limit: fc.constantFrom(1, 3, 10, 50),
  offset: fc.nat(200),
});
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

/** What happens to a store, so that there is something of everything to list. */
class History {
  readonly #under: StoreUnderTest;
  readonly #session: Session;
  readonly webhooks: { uid: number; versionId: number }[];
  #held: HeldDelivery[] = [];
  lastEvent = 0;

  constructor(under: StoreUnderTest, session: Session, webhooks: { uid: number; versionId: number }[]) {
    this.#under = under;
    this.#session = session;
    this.webhooks = webhooks;
  }

  async run(one: Step): Promise<void> {
    const { store } = this.#under;
    switch (one.do) {
      case 'accept': {
        const { type: eventType, source, count } = one;
        const events = Array.from({ length: count }, () => event({ eventType, source }));
        const accepted = await store.deliveries.accept({
          session: this.#session,
          credential: 'user:1',
          events,
        });
        if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
        this.#held.push(...accepted.offered);
        this.lastEvent = Math.max(this.lastEvent, ...accepted.items.map(({ eventId }) => eventId));
        return;
      }
      case 'end':
      case 'fail':
      case 'retry':
        return this.#record(one.do, one.which);
      case 'test':
      case 'open test':
        return this.#test(this.webhooks[one.lane]?.uid ?? 0, one.do === 'test');
      case 'toggle': {
        const webhook = await store.webhooks.get(this.webhooks[one.lane]?.uid ?? 0);
        if (!webhook) return;
        const status = webhook.status === 'active' ? 'disabled' : 'active';
        await store.webhooks.update(webhook.uid, { ...webhook, status }, ANNA);
        return;
      }
      case 'delete':
        // The first two stay, so that there is always something to list.
        if (one.lane > 1) await store.webhooks.remove(this.webhooks[one.lane]?.uid ?? 0, ANNA);
        await store.deliveries.endOrphans(3);
        return;
      case 'advance':
        return this.#under.advance(one.ms);
      case 'jump':
        return this.#under.jump(one.ms);
      case 'index':
        await store.deliveries.indexLists(1);
        return;
      case 'cut':
        // One step, as in the midst of a pass.
        await store.deliveries.cutHistory({ ...one, after: 0 });
    }
  }

  async #record(kind: 'end' | 'fail' | 'retry', index: number): Promise<void> {
    const held = this.#held.splice(index % Math.max(1, this.#held.length), 1)[0];
    if (!held) return;
    const versionId = this.webhooks.find(({ uid }) => uid === held.webhookUid)?.versionId ?? 0;
    const request =
      kind === 'retry'
        ? retry(this.#session, held, versionId, 1_000 * (1 + (index % 7)))
        : outcome(this.#session, held, versionId, kind === 'fail' ? { next: FAILED } : {});
    await this.#under.store.deliveries.record(request);
  }

  async #test(webhookUid: number, ends: boolean): Promise<void> {
    const { store } = this.#under;
    const request = { session: this.#session, webhookUid, eventType: DOOR, source: 'admin', data: '{}' };
    const held = await store.deliveries.acceptTest(request);
    if (!held) return;
    this.lastEvent = Math.max(this.lastEvent, held.event.eventId);
    if (!ends) return;
    const versionId = this.webhooks.find(({ uid }) => uid === webhookUid)?.versionId ?? 0;
    await store.deliveries.record(outcome(this.#session, held, versionId));
  }
}

function filterOf(q: Question, model: Model, webhooks: readonly { uid: number }[]): DeliveryFilter {
  const at = (place: Question['from']) => {
    const instants = model.events.map(({ acceptedAt }) => acceptedAt);
    return place === null ? null : (instants[place.which % instants.length] ?? 0) + place.off;
  };
  return {
    webhookUids: q.webhooks?.map((index) => webhooks[index]?.uid ?? 999) ?? null,
    eventTypes: q.eventTypes,
    statuses: q.statuses,
    sources: q.sources,
    eventIds: q.events,
    from: at(q.from),
    to: at(q.to),
  };
}

/** Every page of a walk by cursor, one behind the other. */
async function walked<Row, Position>(
  page: (after: Position | null) => Promise<{ rows: Row[]; more: boolean; total: number | null }>,
  positionOf: (row: Row) => Position,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: Position | null = null; ; ) {
    const listed = await page(after);
    expect(listed.total).toBeNull();
    rows.push(...listed.rows);
    const last = listed.rows.at(-1);
    if (!listed.more || !last) return rows;
    after = positionOf(last);
  }
}

async function compare(store: Store, model: Model, filter: DeliveryFilter, q: Question): Promise<void> {
  const { asc, limit, offset } = q;
  const { listings } = store;
  const page = { offset, limit };

  const deliveries = byUid(deliveriesIn(model, filter), asc);
  const listed = await listings.deliveries({ filter, asc, slice: page });
  expect(listed).toEqual({
    total: deliveries.length,
    rows: deliveries.slice(offset, offset + limit),
    more: false,
  });
  const walk = await walked(
    (after: { uid: number; dueAt: null } | null) =>
      listings.deliveries({ filter, asc, slice: { limit, after } }),
    ({ uid }) => ({ uid, dueAt: null }),
  );
  expect(walk).toEqual(deliveries);

  const retrying = { ...filter, statuses: ['retrying' as const] };
  const retries = byDue(deliveriesIn(model, retrying), asc);
  const due = await listings.retriesByDue({ filter: retrying, asc, slice: page });
  expect(due).toEqual({ total: retries.length, rows: retries.slice(offset, offset + limit), more: false });
  const dueWalk = await walked(
    (after: { uid: number; dueAt: number | null } | null) =>
      listings.retriesByDue({ filter: retrying, asc, slice: { limit, after } }),
    ({ uid, nextAttemptAt }) => ({ uid, dueAt: nextAttemptAt }),
  );
  expect(dueWalk).toEqual(retries);

  const eventFilter = { ...filter, unmatched: q.unmatched };
  const events = eventsIn(model, eventFilter);
  if (!asc) events.reverse();
  const eventPage = await listings.events({ filter: eventFilter, asc, slice: page });
  expect(eventPage).toEqual({
    total: events.length,
    rows: events.slice(offset, offset + limit),
    more: false,
  });
  const eventWalk = await walked(
    (after: number | null) => listings.events({ filter: eventFilter, asc, slice: { limit, after } }),
    ({ eventId }) => eventId,
  );
  expect(eventWalk).toEqual(events);
}

export function listingConformance(makeStore: MakeStore): void {
  describe('listing', () => {
    let under: StoreUnderTest;

    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('gives the rows, the order and the total that the rows themselves give, whatever is asked', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 20, maxLength: 120 }),
          fc.array(question, { minLength: 12, maxLength: 12 }),
          async (steps, questions) => {
            const one = await makeStore();
            try {
              const { store } = one;
              const webhooks = [
                await createWebhook(store, { eventTypes: [DOOR, CALL, BOOT] }),
                await createWebhook(store, { eventTypes: [DOOR] }),
                await createWebhook(store, { eventTypes: [CALL, BOOT] }),
                await createWebhook(store, { eventTypes: [DOOR, BOOT], status: 'disabled' }),
              ];
              const session = await store.deliveries.openSession(ROOMY);
              const history = new History(one, session, webhooks);
              for (const next of steps) await history.run(next);
              const model = await readModel(store, history.lastEvent);
              for (const q of questions) {
                await compare(store, model, filterOf(q, model, webhooks), q);
              }
            } finally {
              await one.dispose();
            }
          },
        ),
        { numRuns: rounds(25, 8) },
      );
    });

    test('sees each row exactly once on a walk, while new rows arrive before and behind it', async () => {
      const { store } = under;
      await createWebhook(store);
      const session = await store.deliveries.openSession(ROOMY);
      const more = () =>
        store.deliveries.accept({ session, credential: 'user:1', events: [event(), event(), event()] });
      for (let n = 0; n < 12; n++) await more();
      const filter = {
        webhookUids: null,
        eventTypes: [DOOR],
        statuses: null,
        sources: null,
        eventIds: null,
        from: null,
        to: null,
      };

      const down = await walked(
        async (after: { uid: number; dueAt: null } | null) => {
          await more();
          await store.deliveries.indexLists(2);
          return store.listings.deliveries({ filter, asc: false, slice: { limit: 5, after } });
        },
        ({ uid }) => ({ uid, dueAt: null }),
      );

      expect(down.map(({ uid }) => uid)).toEqual(Array.from({ length: 39 }, (_, index) => 39 - index));
    });

    test('lists living webhooks by any of their sorts, strings by code points', async () => {
      const { store } = under;
      const made = [];
      for (const description of ['b', '\u{1F6AA} door', '\uFF5E wave', null, 'B', 'a']) {
        made.push(
          await createWebhook(store, { description, status: made.length % 2 ? 'active' : 'disabled' }),
        );
      }
      await store.webhooks.remove(made[5]?.uid ?? 0, ANNA);
      const filter = { uids: null, eventTypes: null, statuses: null, q: [] };
      const list = async (sort: 'uid' | 'description', asc: boolean, offset = 0, limit = 10) =>
        store.listings.webhooks({ filter, sort, asc, slice: { offset, limit } });

      expect(await list('uid', false)).toMatchObject({
        total: 5,
        rows: made.slice(0, 5).reverse(),
        more: false,
      });
      expect(await list('uid', true, 1, 2)).toMatchObject({ total: 5, rows: made.slice(1, 3) });
      // In UTF-16 the door would come before the wave.
      const texts = [null, 'B', 'b', '\uFF5E wave', '\u{1F6AA} door'];
      const sorted = await list('description', true);
      expect(sorted.rows.map(({ description }) => description)).toEqual(texts);
      const walk = [];
      for (let after = null; ; ) {
        const slice = { limit: 2, after };
        const page = await store.listings.webhooks({ filter, sort: 'description', asc: false, slice });
        walk.push(...page.rows.map(({ description }) => description));
        if (!page.more) break;
        after = page.next as never;
      }
      expect(walk).toEqual([...texts].reverse());
    });

    test('finds webhooks by status, event type, and any part of URL or description', async () => {
      const { store } = under;
      const door = await createWebhook(store, { url: 'https://a.example/Hook', description: 'Главный ВХОД' });
      const call = await createWebhook(store, {
        url: 'https://b.example/hook',
        eventTypes: [DOOR, CALL],
        status: 'disabled',
      });
      const found = async (change: object) => {
        const filter = { uids: null, eventTypes: null, statuses: null, q: [], ...change };
        const slice = { offset: 0, limit: 10 };
        const { rows } = await store.listings.webhooks({ filter, sort: 'uid', asc: true, slice });
        return rows.map(({ uid }) => uid);
      };

      expect(await found({ eventTypes: [CALL] })).toEqual([call.uid]);
      expect(await found({ eventTypes: [CALL, DOOR] })).toEqual([door.uid, call.uid]);
      expect(await found({ statuses: ['active'] })).toEqual([door.uid]);
      expect(await found({ uids: [call.uid, 99] })).toEqual([call.uid]);
      expect(await found({ q: ['HOOK'] })).toEqual([door.uid, call.uid]);
      expect(await found({ q: ['главный', 'a.example'] })).toEqual([door.uid]);
      expect(await found({ q: ['%'] })).toEqual([]);
      expect(await found({ statuses: [] })).toEqual([]);
    });
  });
}
