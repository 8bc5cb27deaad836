import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, JobSpec, LogRequest, Session, StatisticsQuery, Store } from '../store.js';
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
  record,
  retry,
  type StoreUnderTest,
} from './harness.conformance.js';
import { ANY, DAY, KEEP, PAGE } from './retention-model.conformance.js';

const NOBODY_WANTS = 'log.tamper_event';

export function retentionConformance(makeStore: MakeStore): void {
  describe('history', () => {
    let under: StoreUnderTest;
    let store: Store;
    let session: Session;
    let webhook: Webhook;

    const times = (count: number, change: Parameters<typeof event>[0] = {}) =>
      Array.from({ length: count }, () => event(change));
    const end = async (held: readonly HeldDelivery[], next: Parameters<typeof outcome>[3] = {}) => {
      for (const one of held) await record(store, outcome(session, one, webhook.versionId, next));
    };
    const deliver = async (count: number, change: Parameters<typeof event>[0] = {}) => {
      const { offered, items } = await accept(store, session, times(count, change));
      await end(offered);
      return items.map(({ eventId }) => eventId);
    };
    /** A whole pass; answers how many events are gone. */
    const cut = async (keepMs = KEEP, limit = 5): Promise<number> => {
      let gone = 0;
      for (let step = { passed: 0, more: true, cut: 0 }; step.more; gone += step.cut) {
        step = await store.deliveries.cutHistory({ keepMs, after: step.passed, limit });
      }
      return gone;
    };
    const index = async () => {
      while ((await store.deliveries.indexLists(10)).more);
      while ((await store.log.file(1_000)).more);
    };
    const eventIds = async () => {
      const filter = { ...ANY, unmatched: false };
      const { rows, total } = await store.listings.events({ filter, ...PAGE });
      expect(total).toBe(rows.length);
      return rows.map(({ eventId }) => eventId);
    };
    const deliveryUids = async (change: Partial<typeof ANY> = {}) => {
      const { rows, total } = await store.listings.deliveries({ filter: { ...ANY, ...change }, ...PAGE });
      expect(total).toBe(rows.length);
      return rows.map(({ uid }) => uid);
    };
    const logged = async (change: Partial<LogRequest> = {}) => {
      const { rows, total } = await store.log.items({
        account: 'user:9',
        eventTypes: null,
        from: null,
        to: null,
        asc: true,
        offset: 0,
        limit: 500,
        ...change,
      });
      expect(total).toBe(rows.length);
      return rows.map(({ eventId }) => eventId);
    };
    const counted = async (): Promise<Record<string, number>> => {
      const query: StatisticsQuery = {
        from: 0,
        to: await under.now(),
        stepMs: null,
        by: null,
        eventType: null,
        maxPoints: 10,
      };
      const answer = await store.listings.statistics(query);
      if (answer.kind !== 'counted') throw new Error(answer.kind);
      const counts = answer.series[0]?.counts;
      expect(await store.listings.totals()).toEqual(counts);
      return { ...counts };
    };
    const claim = async () =>
      (await store.deliveries.claim({ session, webhookUid: webhook.uid, limit: 1_000 })).deliveries;

    beforeEach(async () => {
      under = await makeStore();
      store = under.store;
      webhook = await createWebhook(store, { eventTypes: [DOOR, CALL] });
      session = await store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    test('goes with all that is known of it once it is old enough, and not before', async () => {
      const old = await deliver(20);
      await accept(store, session, [event({ eventType: NOBODY_WANTS })]);
      await under.advance(KEEP - 1);
      expect(await cut()).toBe(0);
      await under.advance(1);
      const young = await deliver(7);
      await index();

      expect(await cut()).toBe(21);

      for (const id of old) expect(await store.listings.event(id)).toBeNull();
      expect(await store.listings.delivery(1)).toBeNull();
      expect(await eventIds()).toEqual(young);
      expect(await logged()).toEqual(young);
      expect(await deliveryUids()).toHaveLength(7);
      expect(await deliveryUids({ statuses: ['delivered'] as never })).toHaveLength(7);
      expect(await counted()).toMatchObject({ delivered: 7, pending: 0 });
      expect(await cut()).toBe(0);
    });

    test('goes also where lists, log and hours do not count it yet', async () => {
      await deliver(3);
      await under.advance(KEEP);

      expect(await cut()).toBe(3);

      await index();
      expect([await eventIds(), await logged(), await deliveryUids()]).toEqual([[], [], []]);
      expect(await counted()).toMatchObject({ delivered: 0 });
    });

    test('stays where anything is owed, and holds up nothing else', async () => {
      const before = await deliver(3);
      const other = await createWebhook(store, { eventTypes: [CALL] });
      const { offered, items } = await accept(store, session, [event({ eventType: CALL }), event()]);
      const [first, second, third] = offered;
      if (!first || !second || !third) throw new Error('three were expected');
      await end([first]);
      await record(store, retry(session, third, webhook.versionId, 60 * DAY));
      await deliver(3);
      await index();
      await under.advance(2 * KEEP);

      expect(await cut()).toBe(6);

      expect(await eventIds()).toEqual(items.map(({ eventId }) => eventId));
      expect(await deliveryUids()).toEqual(offered.map(({ uid }) => uid));
      expect(await counted()).toMatchObject({ delivered: 1, pending: 1, retrying: 1 });
      expect(await store.listings.event(before[0] ?? 0)).toBeNull();
      // The whole event with all of its deliveries, also the one that ended long ago.
      const kept = await store.listings.event(items[0]?.eventId ?? 0);
      expect(kept?.deliveries.map(({ state }) => state)).toEqual(['delivered', 'pending']);
      expect(kept?.deliveries.map(({ attemptLog }) => attemptLog.length)).toEqual([1, 0]);
      expect(second.webhookUid).toBe(other.uid);

      await end([second]);
      expect(await cut()).toBe(0);
      await under.advance(KEEP);
      expect(await cut()).toBe(1);
      expect(await eventIds()).toEqual([items[1]?.eventId]);
      expect(await counted()).toMatchObject({ delivered: 0, retrying: 1 });
    });

    test('counts its age from the end of what was sent again', async () => {
      const [id = 0] = await deliver(1);
      await deliver(1);
      await under.advance(KEEP - DAY);
      expect(await store.deliveries.resend({ session, uid: 1, by: ANNA })).toMatchObject({ kind: 'resent' });
      await under.advance(2 * DAY);
      expect(await cut()).toBe(1);
      const [held] = await claim();
      if (!held) throw new Error('nothing was claimed');
      await end([held]);

      await under.advance(KEEP - 1);
      expect(await cut()).toBe(0);
      expect((await store.listings.event(id))?.deliveries).toMatchObject([
        { state: 'delivered', attempts: 2 },
      ]);

      await under.advance(1);
      expect(await cut()).toBe(1);
      expect(await store.listings.event(id)).toBeNull();
    });

    test('keeps what a job gave to an old event, and the event with it', async () => {
      await deliver(5);
      await under.advance(KEEP);
      const late = await createWebhook(store, { eventTypes: [CALL] });
      const job = await store.jobs.start({ ...wish(late.uid), mode: 'events', statuses: [] }, ANNA);
      await store.jobs.claim(session);
      if (!job) throw new Error('no job was started');
      await store.jobs.step({ session, jobUid: job.uid, limit: 2, dueBelow: 1_000 });
      await index();

      expect(await cut()).toBe(3);

      expect(await eventIds()).toEqual([1, 2]);
      expect((await store.listings.event(1))?.deliveries.map(({ state }) => state)).toEqual([
        'delivered',
        'pending',
      ]);
      // What is gone is skipped, and the job ends with a count that adds up.
      const last = await store.jobs.step({ session, jobUid: job.uid, limit: 50, dueBelow: 1_000 });
      expect(last?.job).toMatchObject({ state: 'done', total: 5, done: 2, skipped: 3 });

      const { deliveries } = await store.deliveries.claim({ session, webhookUid: late.uid, limit: 10 });
      for (const held of deliveries) await record(store, outcome(session, held, late.versionId));
      await under.advance(KEEP);
      expect(await cut()).toBe(2);
      expect(await deliveryUids()).toEqual([]);
      expect(await counted()).toMatchObject({ delivered: 0, pending: 0 });
      // Ended as long ago as the rest.
      expect(await store.jobs.get(job.uid)).toBeNull();
    });

    test('takes what a job was about to send again out of its way', async () => {
      const { offered } = await accept(store, session, times(6));
      await end(offered, { next: FAILED });
      await under.advance(KEEP);
      const job = await store.jobs.start(wish(webhook.uid), ANNA);
      await store.jobs.claim(session);
      const step = (limit: number) =>
        store.jobs.step({ session, jobUid: job?.uid ?? 0, limit, dueBelow: 1_000 });
      expect(await step(2)).toMatchObject({ job: { done: 2, total: 6 } });

      expect(await cut()).toBe(4);

      expect(await step(10)).toMatchObject({ job: { state: 'done', done: 2, skipped: 4, total: 6 } });
      expect(await deliveryUids()).toEqual(offered.slice(0, 2).map(({ uid }) => uid));
    });

    test('leaves each account at its place in the log', async () => {
      const at = (await under.now()) - 5_000;
      const old = await deliver(4, { createdAt: at });
      await under.advance(KEEP);
      const young = await deliver(4);
      await index();
      const reading = { account: 'user:1', asc: false, limit: 2 };
      await store.log.items({ ...reading, eventTypes: null, from: null, to: null, offset: 0 });
      await store.log.clear('user:1');
      await store.log.items({
        account: 'user:2',
        asc: true,
        limit: 2,
        eventTypes: null,
        from: null,
        to: null,
        offset: 0,
      });
      await store.log.clear('user:2');
      // Handed in late: what happened then is not behind anybody.
      const [late = 0] = await deliver(1, { createdAt: at - 1 });
      expect(await logged({ account: 'user:1' })).toEqual([late]);
      expect(await logged({ account: 'user:2' })).toEqual([late, ...old.slice(2), ...young]);

      expect(await cut()).toBe(4);

      expect(await logged({ account: 'user:1' })).toEqual([late]);
      expect(await logged({ account: 'user:2' })).toEqual([late, ...young]);
      expect(await logged()).toEqual([late, ...young]);
      await store.log.clear('user:9');
      expect(await logged()).toEqual([]);
      const next = await deliver(1);
      for (const account of ['user:1', 'user:9']) {
        expect(await logged({ account })).toEqual(account === 'user:1' ? [late, ...next] : next);
      }
    });

    test('goes from under a walk by cursor, which goes on with what is left', async () => {
      await deliver(6);
      await under.advance(KEEP);
      await deliver(3);
      await index();
      const walk = (after: number | null) =>
        store.listings.events({
          filter: { ...ANY, unmatched: false },
          asc: true,
          slice: { limit: 3, after },
        });
      const first = await walk(null);
      expect(first.rows.map(({ eventId }) => eventId)).toEqual([1, 2, 3]);

      await cut();

      expect((await walk(3)).rows.map(({ eventId }) => eventId)).toEqual([7, 8, 9]);
      const uids = await store.listings.deliveries({
        filter: { ...ANY, webhookUids: [webhook.uid] as never },
        asc: false,
        slice: { limit: 2, after: { uid: 8, dueAt: null } },
      });
      expect(uids).toMatchObject({ rows: [{ uid: 7 }], more: false });
    });

    test('does not end: accepting goes on with new numbers, and the audit trail stays', async () => {
      await deliver(9);
      await index();
      const audited = await store.audit.list({ limit: 50, offset: 0, asc: true, filter: NO_FILTER });
      await under.advance(KEEP);
      await cut();
      store = await under.restart();
      session = await store.deliveries.openSession(ROOMY);

      expect(await deliver(9)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18]);

      await index();
      expect(await eventIds()).toHaveLength(9);
      expect(await store.audit.list({ limit: 50, offset: 0, asc: true, filter: NO_FILTER })).toEqual(audited);
    });

    test('that a wrong clock dated into the future holds up nothing behind it', async () => {
      await under.jump(400 * DAY);
      const [future] = await deliver(1);
      await under.jump(-400 * DAY);
      await deliver(5);
      await under.advance(KEEP);
      expect(await cut()).toBe(5);
      expect(await eventIds()).toEqual([future]);
    });
  });
}

const NO_FILTER = { action: null, actorKind: null, from: null, to: null };

const wish = (webhookUid: number): JobSpec => ({
  mode: 'deliveries',
  webhookUid,
  statuses: ['failed', 'expired'],
  eventTypes: null,
  sources: null,
  from: null,
  to: null,
});
