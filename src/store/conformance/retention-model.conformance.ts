import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../../test/support/rounds.js';
import {
  ANNA,
  accept,
  CALL,
  DOOR,
  event,
  FAILED,
  type MakeStore,
  outcome,
  ROOMY,
  record,
  type StoreUnderTest,
  spec,
} from './harness.conformance.js';
import { readModel } from './listing-model.conformance.js';

export const DAY = 24 * 3_600_000;
export const KEEP = 10 * DAY;
export const ANY = {
  webhookUids: null,
  eventTypes: null,
  statuses: null,
  sources: null,
  eventIds: null,
  from: null,
  to: null,
};
export const PAGE = { asc: true, slice: { offset: 0, limit: 500 } };

export function retentionModelConformance(makeStore: MakeStore): void {
  describe('history', () => {
    test('is cut in steps of any size, after any of which everything adds up', async () => {
      const happening = fc.record({
        what: fc.constantFrom('deliver', 'fail', 'leave', 'unmatched', 'test', 'index', 'cut'),
        count: fc.integer({ min: 1, max: 9 }),
        days: fc.nat(4),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
          const own = await makeStore();
          try {
            await checkHistory(own, happenings);
          } finally {
            await own.dispose();
          }
        }),
        { numRuns: rounds(20, 4) },
      );
    }, 180_000);
  });
}

interface Happening {
  what: 'deliver' | 'fail' | 'leave' | 'unmatched' | 'test' | 'index' | 'cut';
  count: number;
  days: number;
}

/** Lists, log and statistics against each event as it is shown by itself. */
async function checkHistory(under: StoreUnderTest, happenings: readonly Happening[]): Promise<void> {
  const { store } = under;
  const written = await store.webhooks.create(spec(), ANNA);
  if (written.kind !== 'written') throw new Error(written.kind);
  const { uid: webhookUid, versionId } = written.webhook;
  const session = await store.deliveries.openSession(ROOMY);
  let last = 0;
  const owed = new Set<number>();
  const accepted = new Map<number, number>();
  for (const { what, count, days } of happenings) {
    await under.advance(days * DAY);
    const now = await under.now();
    if (what === 'index') {
      while ((await store.deliveries.indexLists(count)).more);
      await store.log.file(count);
    } else if (what === 'cut') {
      await store.deliveries.cutHistory({ keepMs: KEEP, after: 0, limit: 3 * count });
    } else if (what === 'test') {
      const request = { session, webhookUid, eventType: DOOR, source: 'test', data: '{}' };
      const held = await store.deliveries.acceptTest(request);
      if (held) await record(store, outcome(session, held, versionId));
      last = Math.max(last, held?.event.eventId ?? 0);
    } else {
      const events = Array.from({ length: count }, (_, nth) =>
        event({ source: `panel-${nth % 3}`, ...(what === 'unmatched' ? { eventType: CALL } : {}) }),
      );
      const { offered, items } = await accept(store, session, events);
      for (const { eventId } of items) {
        accepted.set(eventId, now);
        if (what === 'leave') owed.add(eventId);
        last = Math.max(last, eventId);
      }
      const next = what === 'fail' ? { next: FAILED } : {};
      if (what !== 'leave') {
        for (const held of offered) await record(store, outcome(session, held, versionId, next));
      }
    }
    if (what === 'cut') await checkAgrees(under, last);
  }
  for (let step = { passed: 0, more: true, cut: 0 }; step.more; ) {
    step = await store.deliveries.cutHistory({ keepMs: KEEP, after: step.passed, limit: 4 });
  }
  await checkAgrees(under, last);
  const now = await under.now();
  for (const [id, at] of accepted) {
    const stays = owed.has(id) || at > now - KEEP;
    expect((await store.listings.event(id)) !== null, `event ${id}`).toBe(stays);
  }
}

async function checkAgrees({ store }: StoreUnderTest, last: number): Promise<void> {
  const model = await readModel(store, last);
  const real = model.events.filter((one) => !one.deliveries.some((delivery) => delivery.test));
  const ids = real.map(({ eventId }) => eventId);
  const { rows, total } = await store.listings.events({ filter: { ...ANY, unmatched: false }, ...PAGE });
  expect([total, rows.map(({ eventId }) => eventId)]).toEqual([ids.length, ids]);
  for (const source of ['panel-0', 'panel-1']) {
    const sources = [source];
    const expected = model.events.filter((one) => one.source === source);
    const events = await store.listings.events({ filter: { ...ANY, sources, unmatched: false }, ...PAGE });
    expect(events.total).toBe(expected.length);
    const deliveries = await store.listings.deliveries({ filter: { ...ANY, sources }, ...PAGE });
    expect(deliveries.total).toBe(expected.flatMap((one) => one.deliveries).length);
  }
  const log = await store.log.items({
    account: 'user:1',
    eventTypes: null,
    from: null,
    to: null,
    asc: true,
    offset: 0,
    limit: 500,
  });
  expect([log.total, log.rows.map(({ eventId }) => eventId).sort((a, b) => a - b)]).toEqual([
    ids.length,
    ids,
  ]);
  const totals = await store.listings.totals();
  for (const state of ['pending', 'delivered', 'failed'] as const) {
    const expected = real.flatMap(({ deliveries }) => deliveries).filter((one) => one.state === state);
    expect(totals[state], state).toBe(expected.length);
    const filter = { ...ANY, statuses: [state] };
    const listed = await store.listings.deliveries({ filter, ...PAGE });
    const all = model.events.flatMap(({ deliveries }) => deliveries).filter((one) => one.state === state);
    expect(listed.total, state).toBe(all.length);
  }
}
