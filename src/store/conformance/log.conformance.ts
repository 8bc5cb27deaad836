import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { comparePositions, isCovered, type LogMark, withMark, withStep } from '../../domain/log-mark.js';
import type { LogRequest, Session, Store } from '../store.js';
import {
  accept,
  CALL,
  createWebhook,
  DOOR,
  event,
  type MakeStore,
  ROOMY,
  type StoreUnderTest,
} from './harness.conformance.js';

const MINUTE = 60_000;
const ME = 'user:1';

const request = (change: Partial<LogRequest> = {}): LogRequest => ({
  account: ME,
  eventTypes: null,
  from: null,
  to: null,
  asc: false,
  offset: 0,
  limit: 10,
  ...change,
});

async function times(store: Store, change: Partial<LogRequest> = {}): Promise<number[]> {
  const { rows } = await store.log.items(request(change));
  return rows.map(({ createdAt }) => createdAt);
}

async function fileAll(store: Store): Promise<void> {
  while ((await store.log.file(50)).more);
}

export function logConformance(makeStore: MakeStore): void {
  describe('the log', () => {
    let under: StoreUnderTest;
    let session: Session;

    const happen = (...at: number[]) =>
      accept(
        under.store,
        session,
        at.map((createdAt) => event({ createdAt })),
      );

    beforeEach(async () => {
      under = await makeStore();
      session = await under.store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    test('goes by when events happened, ties by number, newest first or oldest first', async () => {
      await happen(3000, 1000, 2000, 2000);

      const { total, rows } = await under.store.log.items(request());

      expect(total).toBe(4);
      expect(rows.map(({ createdAt, eventId }) => [createdAt, eventId])).toEqual([
        [3000, 1],
        [2000, 4],
        [2000, 3],
        [1000, 2],
      ]);
      expect(await times(under.store, { asc: true })).toEqual([1000, 2000, 2000, 3000]);
    });

    test('shows an event as it came, its data to the digit', async () => {
      const data = '{"number":123456789012345678901234567890,"x":1.10}';
      await accept(under.store, session, [event({ data, createdAt: 7, eventType: CALL })]);

      const { rows } = await under.store.log.items(request());

      expect(rows).toEqual([{ eventId: 1, eventType: CALL, createdAt: 7, data }]);
    });

    test('does not hold the events of tests, filed or not', async () => {
      const webhook = await createWebhook(under.store);
      const testEvent = () =>
        under.store.deliveries.acceptTest({
          session,
          webhookUid: webhook.uid,
          eventType: DOOR,
          source: 'test',
          data: '{}',
        });
      await testEvent();
      await happen(...Array.from({ length: 100 }, (_, i) => i));
      await testEvent();
      expect((await under.store.log.items(request())).total).toBe(100);

      await fileAll(under.store);

      const { total, rows } = await under.store.log.items(request({ offset: 90, asc: true }));
      expect([total, rows.length]).toEqual([100, 10]);
    });

    test('begins, for the account that clears it alone, after the newest event that it was shown', async () => {
      await happen(1000, 2000, 3000);
      await times(under.store);

      await under.store.log.clear(ME);

      expect(await under.store.log.items(request())).toEqual({ total: 0, rows: [] });
      expect(await times(under.store, { account: 'user:2' })).toEqual([3000, 2000, 1000]);
      await happen(4000);
      expect(await under.store.log.items(request())).toMatchObject({ total: 1, rows: [{ createdAt: 4000 }] });
    });

    test('is not changed by clearing it unread', async () => {
      await happen(1000, 2000);

      await under.store.log.clear(ME);

      expect(await times(under.store)).toEqual([2000, 1000]);
    });

    test('keeps what was behind the page that was shown, oldest first', async () => {
      await happen(1000, 2000, 3000, 4000);
      await times(under.store, { asc: true, limit: 3 });

      await under.store.log.clear(ME);

      expect(await times(under.store, { asc: true })).toEqual([4000]);
    });

    test('keeps what came between reading and clearing, also what had happened before', async () => {
      await happen(1000, 2000);
      await times(under.store);
      await happen(500, 1500, 2000, 9000);

      await under.store.log.clear(ME);

      expect(await times(under.store)).toEqual([9000, 2000, 1500, 500]);
      await under.store.log.clear(ME);
      expect(await times(under.store)).toEqual([]);
    });

    test('goes on for a poller that was once shown an event of a panel whose clock is years ahead', async () => {
      const future = Date.UTC(2040, 0, 1);
      await happen(1000, future);
      await times(under.store);
      await under.store.log.clear(ME);

      for (const at of [2000, 3000, 2500]) {
        await happen(at);
        expect(await times(under.store)).toEqual([at]);
        await under.store.log.clear(ME);
        expect(await times(under.store)).toEqual([]);
      }
      expect(await times(under.store, { account: 'user:2', limit: 2 })).toEqual([future, 3000]);
    });

    test('remembers across a restart what an account was shown and what it cleared', async () => {
      await happen(1000, 2000);
      await times(under.store);
      await under.store.log.clear(ME);
      await happen(3000);
      await times(under.store);

      const store = await under.restart();

      expect(await times(store)).toEqual([3000]);
      session = await store.deliveries.openSession(ROOMY);
      await happen(2500);
      await store.log.clear(ME);
      expect(await times(store)).toEqual([2500]);
    });

    test('is the same filed and not filed, for every filter, order, page and place in it', async () => {
      const start = await under.now();
      const when = fc.integer({ min: -3, max: 3 }).map((minutes) => start + minutes * 20 * 60_000);
      const incoming = fc.record({ createdAt: when, code: fc.integer({ min: 0, max: 3 }) });
      const act = fc.oneof(
        fc.record({
          kind: fc.constant('accept' as const),
          events: fc.array(incoming, { minLength: 1, maxLength: 80 }),
        }),
        fc.record({ kind: fc.constant('file' as const) }),
        fc.record({ kind: fc.constant('clear' as const) }),
        fc.record({
          kind: fc.constant('list' as const),
          codes: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 3 })), { nil: null }),
          from: fc.option(when, { nil: null }),
          to: fc.option(when, { nil: null }),
          asc: fc.boolean(),
          offset: fc.nat(120),
          limit: fc.constantFrom(1, 10, 50),
        }),
      );

      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
          const fresh = await makeStore();
          const own = await fresh.store.deliveries.openSession(ROOMY);
          const all: { eventId: number; createdAt: number; eventType: string }[] = [];
          let shown: LogMark = [];
          let cleared: LogMark = [];
          for (const one of acts) {
            if (one.kind === 'accept') {
              const events = one.events.map(({ createdAt, code }) =>
                event({ createdAt, eventType: EVENT_TYPES[code] ?? DOOR }),
              );
              const { items } = await accept(fresh.store, own, events);
              for (const [i, { eventId }] of items.entries()) {
                const { createdAt, eventType } = events[i] ?? event();
                all.push({ eventId, createdAt: createdAt ?? 0, eventType });
              }
            } else if (one.kind === 'file') {
              await fileAll(fresh.store);
            } else if (one.kind === 'clear') {
              await fresh.store.log.clear(ME);
              cleared = withMark(cleared, shown);
              shown = [];
            } else {
              const { codes, from, to, asc, offset, limit } = one;
              const eventTypes = codes?.map((code) => EVENT_TYPES[code] ?? DOOR) ?? null;
              const expected = all
                .filter((e) => !isCovered(cleared, e) && (eventTypes?.includes(e.eventType) ?? true))
                .filter((e) => (from === null || e.createdAt >= from) && (to === null || e.createdAt <= to))
                .sort((a, b) => (asc ? comparePositions(a, b) : comparePositions(b, a)));
              const page = expected.slice(offset, offset + limit);
              const { total, rows } = await fresh.store.log.items({
                account: ME,
                eventTypes,
                from,
                to,
                asc,
                offset,
                limit,
              });
              expect(total).toBe(expected.length);
              expect(rows.map(({ eventId }) => eventId)).toEqual(page.map(({ eventId }) => eventId));
              const newest = asc ? page.at(-1) : page[0];
              if (newest) shown = withStep(shown, { ...newest, horizon: all.at(-1)?.eventId ?? 0 });
            }
          }
          await fresh.dispose();
        }),
        { numRuns: rounds(40, 12) },
      );
    });

    test('skips whole hours and counts across them', async () => {
      const at = Array.from({ length: 200 }, (_, i) => i * 18 * MINUTE);
      await happen(...at);
      await fileAll(under.store);

      expect(await times(under.store, { offset: 150, limit: 3 })).toEqual([49, 48, 47].map((i) => at[i]));
      expect(await times(under.store, { asc: true, offset: 150, limit: 2 })).toEqual([at[150], at[151]]);
      const { total } = await under.store.log.items(request({ from: at[20] ?? 0, to: at[180] ?? 0 }));
      expect(total).toBe(161);
    });
  });
}
