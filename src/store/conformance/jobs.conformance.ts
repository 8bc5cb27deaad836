import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, Job, JobSpec, Session, Store } from '../store.js';
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
  type StoreUnderTest,
  spec,
} from './harness.conformance.js';

const times = (count: number, change: Parameters<typeof event>[0] = {}) =>
  Array.from({ length: count }, () => event(change));

export function jobsConformance(makeStore: MakeStore): void {
  describe('jobs that send many again', () => {
    let under: StoreUnderTest;
    let store: Store;
    let session: Session;
    let webhook: Webhook;

    const wish = (change: Partial<JobSpec> = {}): JobSpec => ({
      mode: 'deliveries',
      webhookUid: webhook.uid,
      statuses: ['failed', 'expired'],
      eventTypes: null,
      sources: null,
      from: null,
      to: null,
      ...change,
    });
    const start = async (change: Partial<JobSpec> = {}): Promise<Job> => {
      const job = await store.jobs.start(wish(change), ANNA);
      if (!job) throw new Error('no job was started');
      await store.jobs.claim(session);
      return job;
    };
    const step = ({ uid }: Pick<Job, 'uid'>, limit = 100, dueBelow = 1_000) =>
      store.jobs.step({ session, jobUid: uid, limit, dueBelow });
    const claim = async (webhookUid = webhook.uid) =>
      (await store.deliveries.claim({ session, webhookUid, limit: 1_000 })).deliveries;
    const end = async (held: readonly HeldDelivery[], next: Parameters<typeof outcome>[3] = {}) => {
      for (const one of held) await record(store, outcome(session, one, webhook.versionId, next));
    };
    const fail = async (count: number, change: Parameters<typeof event>[0] = {}) => {
      const { offered } = await accept(store, session, times(count, change));
      await end(offered, { next: FAILED });
      return offered.map(({ uid }) => uid);
    };
    const uidsOf = (held: readonly HeldDelivery[]) => held.map(({ uid }) => uid).sort((a, b) => a - b);

    beforeEach(async () => {
      under = await makeStore();
      store = under.store;
      webhook = await createWebhook(store);
      session = await store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    test('counts without doing anything, and starts with that total', async () => {
      await fail(7);
      expect(await store.jobs.count(wish())).toBe(7);
      expect(await claim()).toEqual([]);
      const job = await start();
      expect(job).toMatchObject({ state: 'running', total: 7, done: 0, skipped: 0, startedBy: ANNA.name });
      expect(job.startedAt).toBe(await under.now());
      expect(await store.jobs.get(job.uid)).toEqual(job);
    });

    test('sends what its filter finds, oldest first, in groups, and says when it is done', async () => {
      const uids = await fail(5);
      const job = await start();
      expect(await step(job, 2)).toMatchObject({
        job: { done: 2, state: 'running' },
        passed: 2,
        spilled: true,
      });
      expect(uidsOf(await claim())).toEqual(uids.slice(0, 2));
      expect(await step(job, 2)).toMatchObject({ job: { done: 4 }, passed: 2 });
      expect(await step(job, 2)).toMatchObject({
        job: { done: 5, skipped: 0, total: 5, state: 'done', endedAt: await under.now() },
        passed: 1,
      });
      const rest = await claim();
      expect(uidsOf(rest)).toEqual(uids.slice(2));
      expect(rest[0]).toMatchObject({ resend: true, attempts: 1, runBase: 1 });
      expect(await step(job)).toBeNull();
    });

    test('never picks again what it made, nor what came after its start', async () => {
      await fail(2);
      const job = await start();
      await step(job, 1);
      await end(await claim(), { next: FAILED });
      await end((await accept(store, session)).offered, { next: FAILED });
      expect(await step(job)).toMatchObject({ job: { done: 2, total: 2, state: 'done' }, passed: 1 });
    });

    test('finds by status, type, source and time', async () => {
      await store.webhooks.update(webhook.uid, spec({ ...webhook, eventTypes: [DOOR, CALL] }), ANNA);
      const { offered } = await accept(store, session, times(1));
      await end(offered);
      await fail(1, { source: 'panel-2' });
      await fail(1, { eventType: CALL });
      await under.advance(1_000);
      const now = await under.now();
      await fail(1);
      const found = (change: Partial<JobSpec>) => store.jobs.count(wish(change));
      expect(await found({})).toBe(3);
      expect(await found({ statuses: ['delivered'] })).toBe(1);
      expect(await found({ statuses: ['delivered', 'failed'] })).toBe(4);
      expect(await found({ sources: ['panel-2'] })).toBe(1);
      expect(await found({ eventTypes: [CALL] })).toBe(1);
      expect(await found({ from: now })).toBe(1);
      expect(await found({ to: now - 1 })).toBe(2);
      expect(await found({ mode: 'events', statuses: [], to: now - 1 })).toBe(3);
      expect(await found({ webhookUid: webhook.uid + 1 })).toBeNull();
    });

    test('keeps few due at a time', async () => {
      await fail(5);
      const job = await start();
      expect(await step(job, 100, 3)).toMatchObject({ job: { done: 3 }, passed: 3 });
      expect(await step(job, 100, 3)).toMatchObject({ job: { done: 3 }, passed: 0, spilled: false });
      const [first] = await claim();
      if (first) await end([first]);
      expect(await step(job, 100, 3)).toMatchObject({ job: { done: 4 }, passed: 1 });
    });

    test('does not wait for what waits for its retry', async () => {
      const { offered } = await accept(store, session, times(3));
      await end(offered, { next: { state: 'retrying', delayMs: 60_000 } });
      await fail(2);
      const job = await start();
      expect(await step(job, 100, 3)).toMatchObject({ job: { done: 2, state: 'done' }, passed: 2 });
    });

    test('waits while its lane takes no attempts', async () => {
      await fail(1);
      const job = await start();
      await store.webhooks.update(webhook.uid, { ...webhook, status: 'disabled' }, ANNA);
      expect(await step(job)).toMatchObject({ job: { state: 'running', done: 0 }, passed: 0 });
      await store.webhooks.update(webhook.uid, webhook, ANNA);
      expect(await step(job)).toMatchObject({ job: { done: 1 }, passed: 1 });
    });

    test('gives one to an open circuit that is owed nothing, to be probed with', async () => {
      await fail(3);
      const { versionId } = webhook;
      const [held] = (await accept(store, session)).offered;
      const lane = { health: 'open', probeInMs: 0, probes: 0, failingForMs: 0 } as const;
      await end(held ? [held] : [], { next: { state: 'retrying', delayMs: 0 }, lane });
      const job = await start();

      expect(await step(job)).toMatchObject({ job: { done: 0 }, passed: 0, spilled: false });
      await store.deliveries.cancel({ session, uid: held?.uid ?? 0, by: ANNA });
      expect(await step(job)).toMatchObject({ job: { done: 1 }, passed: 1, spilled: true });
      expect(await step(job)).toMatchObject({ job: { done: 1 }, passed: 0 });
      const { delivery } = await store.deliveries.claimProbe({ session, webhookUid: webhook.uid });
      expect(delivery).toMatchObject({ resend: true });
      if (!delivery) return;
      const probe = outcome(session, delivery, versionId, { probe: true, lane: { health: 'draining' } });
      expect(await record(store, probe)).toMatchObject({ laneChanged: true });
      expect(await step(job)).toMatchObject({ job: { done: 3, state: 'done' }, passed: 2 });
    });

    test('skips what cannot be sent, and what matches no more', async () => {
      const [first] = await fail(3);
      const job = await start();
      await store.deliveries.resend({ session, uid: first ?? 0, by: ANNA });
      await store.webhooks.update(webhook.uid, spec({ ...webhook, maxAge: 1 }), ANNA);
      await under.advance(2_000);
      expect(await step(job)).toMatchObject({
        job: { state: 'done', done: 0, skipped: 3, total: 3 },
        passed: 2,
      });
    });

    test('is cancelled with what it sent so far', async () => {
      await fail(3);
      const job = await start();
      await step(job, 1);
      expect(await store.jobs.cancel(job.uid, ANNA)).toMatchObject({
        kind: 'cancelled',
        job: { state: 'cancelled', done: 1, total: 3, endedAt: await under.now() },
      });
      expect(await step(job)).toBeNull();
      expect(await store.jobs.cancel(job.uid, ANNA)).toEqual({ kind: 'ended' });
      expect(await store.jobs.cancel(job.uid + 1, ANNA)).toEqual({ kind: 'unknown' });
      const filter = { action: null, actorKind: null, from: null, to: null };
      const { rows } = await store.audit.list({ limit: 2, offset: 0, asc: false, filter });
      expect(rows.map(({ entry }) => [entry.action, entry.targetUid])).toEqual([
        ['resend.cancelled', job.uid],
        ['resend.started', job.uid],
      ]);
    });

    test('ends as cancelled with its webhook', async () => {
      await fail(2);
      const job = await start();
      await step(job, 1);
      await store.webhooks.remove(webhook.uid, ANNA);
      expect(await step(job)).toMatchObject({ job: { state: 'cancelled', done: 1 }, passed: 0 });
      expect(await store.jobs.start(wish(), ANNA)).toBeNull();
    });

    test('goes on after a restart where it stopped, in other hands', async () => {
      const uids = await fail(4);
      const job = await start();
      await step(job, 2);
      const earlier = session;
      store = await under.restart();
      session = await store.deliveries.openSession(ROOMY);
      expect(await step(job)).toBeNull(); // not in these hands yet
      expect(await store.jobs.claim(session)).toMatchObject([{ uid: job.uid, done: 2 }]);
      expect(await store.jobs.step({ session: earlier, jobUid: job.uid, limit: 9, dueBelow: 9 })).toBeNull();
      expect(await step(job)).toMatchObject({ job: { state: 'done', done: 4, total: 4 }, passed: 2 });
      expect(uidsOf(await claim())).toEqual(uids);
      expect(await store.jobs.claim(session)).toEqual([]);
    });

    test('is listed by uid, all or by state', async () => {
      await fail(1);
      const first = await start();
      await step(first);
      const second = await start();
      const third = await start();
      await store.jobs.cancel(third.uid, ANNA);
      const list = async (state: Job['state'] | null, asc = true) => {
        const { total, rows } = await store.jobs.list({ limit: 2, offset: 0, asc, state });
        return { total, uids: rows.map(({ uid }) => uid) };
      };
      expect(await list(null)).toEqual({ total: 3, uids: [first.uid, second.uid] });
      expect(await list(null, false)).toEqual({ total: 3, uids: [third.uid, second.uid] });
      expect(await list('done')).toEqual({ total: 1, uids: [first.uid] });
      expect(await list('running')).toEqual({ total: 1, uids: [second.uid] });
    });

    test('leaves tests alone', async () => {
      const made = await store.deliveries.acceptTest({
        session,
        webhookUid: webhook.uid,
        eventType: DOOR,
        source: 'Anna',
        data: '{}',
      });
      if (made) await end([made], { next: { state: 'failed', reason: 'test' } });
      await fail(1);
      expect(await store.jobs.count(wish())).toBe(1);
      expect(await store.jobs.count(wish({ mode: 'events', statuses: [] }))).toBe(1);
    });

    describe('of events', () => {
      let other: Webhook;

      const shownFor = async (eventId: number) => (await store.listings.event(eventId))?.deliveries ?? [];
      const eventIds = async (filter: { unmatched?: boolean; webhookUids?: number[] | null }) => {
        const any = { eventTypes: null, statuses: null, sources: null, eventIds: null, from: null, to: null };
        const { rows, total } = await store.listings.events({
          filter: { ...any, webhookUids: null, unmatched: false, ...filter },
          asc: true,
          slice: { limit: 50, offset: 0 },
        });
        expect(rows).toHaveLength(total ?? 0);
        return rows.map(({ eventId, fanout }) => [eventId, fanout]);
      };

      beforeEach(async () => {
        other = await createWebhook(store, { eventTypes: [CALL] });
      });

      test('gives each event the one delivery that it lacks, once, and resends the others', async () => {
        // Enough to fill blocks of the lists, which follow.
        await fail(6);
        await accept(store, session, times(4, { source: 'nobody', eventType: 'log.tamper_event' }));
        while ((await store.deliveries.indexLists(1)).more);
        expect(await eventIds({ unmatched: true })).toHaveLength(4);
        const wanted = { mode: 'events' as const, webhookUid: other.uid, statuses: [] };

        const job = await start(wanted);
        expect(job.total).toBe(10);
        expect(await step(job, 4)).toMatchObject({ job: { done: 4 }, passed: 4 });
        expect(await step(job)).toMatchObject({ job: { state: 'done', done: 10, skipped: 0 }, passed: 6 });

        const held = await claim(other.uid);
        expect(held).toHaveLength(10);
        expect(held[0]).toMatchObject({ attempts: 0, resend: true, claimNo: 1, event: { eventId: 1 } });
        expect(await shownFor(1)).toMatchObject([
          { webhookUid: webhook.uid, state: 'failed' },
          { webhookUid: other.uid, state: 'pending', acceptedAt: await under.now() },
        ]);
        expect(await eventIds({ unmatched: true })).toEqual([]);
        expect(await eventIds({})).toContainEqual([10, 1]);
        expect(await eventIds({ webhookUids: [other.uid] })).toHaveLength(10);
        expect(await eventIds({ webhookUids: [webhook.uid, other.uid] })).toHaveLength(10);
        const any = {
          webhookUids: null,
          eventTypes: null,
          statuses: null,
          sources: null,
          from: null,
          to: null,
        };
        const { rows } = await store.listings.deliveries({
          filter: { ...any, eventIds: [1, 10] },
          asc: true,
          slice: { limit: 50, offset: 0 },
        });
        expect(rows.map(({ eventId, webhookUid }) => [eventId, webhookUid])).toEqual([
          [1, webhook.uid],
          [1, other.uid],
          [10, other.uid],
        ]);
        const totals = await store.listings.totals();
        expect(totals).toMatchObject({ pending: 10, failed: 6 });

        for (const one of held) await record(store, outcome(session, one, other.versionId));
        const again = await start(wanted);
        expect(await step(again)).toMatchObject({ job: { state: 'done', done: 10, total: 10 } });
        expect(await shownFor(1)).toHaveLength(2);
      });

      test('skips an event whose delivery is owed already', async () => {
        await accept(store, session, times(2));
        const job = await start({ mode: 'events', statuses: [] });
        expect(await step(job)).toMatchObject({ job: { state: 'done', done: 0, skipped: 2, total: 2 } });
      });

      test('gives them places behind all others in an ordered lane', async () => {
        await accept(store, session, times(2));
        await store.webhooks.update(other.uid, { ...other, ordered: true }, ANNA);
        const { offered } = await accept(store, session, [event({ eventType: CALL })]);
        await store.deliveries.release({
          session,
          rows: offered.map(({ uid, claimNo }) => ({ uid, claimNo })),
        });
        const job = await start({ mode: 'events', statuses: [], eventTypes: [DOOR], webhookUid: other.uid });
        await step(job);
        const own = offered.map(({ event: { eventId } }) => eventId);
        expect((await claim(other.uid)).map(({ event: { eventId } }) => eventId)).toEqual([...own, 1, 2]);
      });
    });
  });
}
