import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, Session, SessionLimits } from '../store.js';
import {
  ANNA,
  accept,
  acceptOne,
  CALL,
  createWebhook,
  event,
  type MakeStore,
  only,
  outcome,
  ROOMY,
  record,
  retry,
  type StoreUnderTest,
} from './harness.conformance.js';

const HOUR = 3_600_000;
const times = (count: number) => Array.from({ length: count }, () => event());
const uids = (list: readonly HeldDelivery[]) => list.map(({ uid }) => uid);

export function claimingConformance(makeStore: MakeStore): void {
  describe('claiming deliveries', () => {
    let under: StoreUnderTest;
    let session: Session;
    let webhook: Webhook;

    const open = async (limits: SessionLimits) => {
      session = await under.store.deliveries.openSession(limits);
    };
    const claim = (limit = 100, webhookUid = webhook.uid) =>
      under.store.deliveries.claim({ session, webhookUid, limit });
    const give = (held: readonly HeldDelivery[]) =>
      under.store.deliveries.release({ session, rows: held.map(({ uid, claimNo }) => ({ uid, claimNo })) });

    beforeEach(async () => {
      under = await makeStore();
      webhook = await createWebhook(under.store);
    });
    afterEach(() => under.dispose());

    test('hands out no more of a lane than fits, and the rest when it is asked for, in order', async () => {
      await open({ perLane: 3, bytes: 1_000_000 });

      const { offered, spilled } = await accept(under.store, session, times(5));
      expect([offered.length, spilled]).toEqual([3, [webhook.uid]]);

      expect(await claim()).toMatchObject({ deliveries: [], more: true, nextDueMs: 0 });
      for (const held of offered) await record(under.store, outcome(session, held, webhook.versionId));
      const rest = await claim();
      expect(rest).toMatchObject({ more: false, nextDueMs: null, again: false });
      expect(uids(rest.deliveries)).toHaveLength(2);
      expect(Math.min(...uids(rest.deliveries))).toBeGreaterThan(Math.max(...uids(offered)));
    });

    test('lets nothing overtake what waits: a lane that overflowed queues in the store until it is empty', async () => {
      await open({ perLane: 2, bytes: 1_000_000 });
      const first = await accept(under.store, session, times(3));
      for (const held of first.offered) await record(under.store, outcome(session, held, webhook.versionId));

      const behind = await accept(under.store, session);
      expect(behind).toMatchObject({ offered: [], spilled: [webhook.uid] });

      expect(await claim(1)).toMatchObject({ more: true });
      expect(await claim(1)).toMatchObject({ more: false });
      for (const held of first.offered) await record(under.store, outcome(session, held, webhook.versionId));
      expect((await accept(under.store, session)).offered).toEqual([]); // the window is full
      const rest = await claim(0);
      expect(rest).toMatchObject({ deliveries: [], more: true });
    });

    test('offers fresh rows again from the claim on that found nothing more', async () => {
      await open({ perLane: 4, bytes: 1_000_000 });
      await accept(under.store, session, times(5));
      await give((await accept(under.store, session)).offered);
      const stopped = await under.store.deliveries.closeSession(session);
      expect(stopped).toBeUndefined();
      await open(ROOMY);
      expect((await accept(under.store, session)).offered).toEqual([]);

      const all = await claim();
      expect([all.deliveries.length, all.more]).toEqual([7, false]);
      expect((await accept(under.store, session)).offered).toHaveLength(1);
    });

    test('keeps one lane out of the way of another', async () => {
      const other = await createWebhook(under.store, { eventTypes: [CALL] });
      await open({ perLane: 2, bytes: 1_000_000 });
      await accept(under.store, session, times(3));

      const { offered } = await accept(under.store, session, [event({ eventType: CALL })]);

      expect(only(offered).webhookUid).toBe(other.uid);
      expect((await claim(10, other.uid)).deliveries).toEqual([]);
    });

    test('holds no more bytes of event data than it may, but at least one row of each lane', async () => {
      const data = `{"text":"${'é'.repeat(500)}"}`; // 1,011 bytes
      await open({ perLane: 100, bytes: 2_500 });

      const { offered } = await accept(under.store, session, [
        event({ data }),
        event({ data }),
        event({ data }),
        event({ data }),
      ]);
      expect(offered).toHaveLength(2);
      expect(await claim()).toMatchObject({ deliveries: [], more: true });

      for (const held of offered) await record(under.store, outcome(session, held, webhook.versionId));
      expect(await claim()).toMatchObject({ deliveries: { length: 2 }, more: false });

      const other = await createWebhook(under.store, { eventTypes: [CALL] });
      expect((await accept(under.store, session, [event({ eventType: CALL, data })])).offered).toEqual([]);
      expect(await claim(10, other.uid)).toMatchObject({ deliveries: { length: 1 }, more: false });
    });

    test('holds no more rows over all lanes than one for each 512 bytes', async () => {
      for (let n = 0; n < 4; n++) await createWebhook(under.store);
      await open({ perLane: 2, bytes: 4 * 512 });

      const { offered, spilled } = await accept(under.store, session);

      expect(offered).toHaveLength(4);
      expect(spilled).toHaveLength(1);
      // a lane that has nothing in hand gets one row nevertheless
      expect(await claim(10, only(spilled))).toMatchObject({ deliveries: { length: 1 }, more: false });
    });

    test('lets a lane hold an eighth of what others leave free, and a few small rows whatever they hold', async () => {
      const large = `{"text":"${'x'.repeat(20_000)}"}`; // 20,011 bytes
      const other = await createWebhook(under.store, { eventTypes: [CALL] });
      await open({ perLane: 100, bytes: 400_000 });

      const first = await accept(
        under.store,
        session,
        times(10).map((one) => ({ ...one, data: large })),
      );
      const small = await accept(
        under.store,
        session,
        Array.from({ length: 20 }, () => event({ eventType: CALL, data: `{"text":"${'x'.repeat(990)}"}` })),
      );

      expect(first.offered).toHaveLength(2);
      expect(small.offered).toHaveLength(20);
      for (const held of first.offered) await record(under.store, outcome(session, held, webhook.versionId));
      expect(await claim()).toMatchObject({ deliveries: { length: 2 }, more: true });
      expect(await claim(100, other.uid)).toMatchObject({ deliveries: [], more: false });
    });

    test('gives nothing twice, also to claims that come together', async () => {
      await open(ROOMY);
      await accept(under.store, session, times(30));
      await under.store.deliveries.closeSession(session);
      await open(ROOMY);

      const claims = await Promise.all([claim(20), claim(20), claim(20)]);

      const all = claims.flatMap(({ deliveries }) => uids(deliveries));
      expect(new Set(all).size).toBe(30);
      expect(all).toHaveLength(30);
      expect(claims.map(({ more }) => more)).toEqual([true, false, false]);
    });

    test('frees what a dead session held, with a new claim number', async () => {
      await open(ROOMY);
      const before = await acceptOne(under.store, session);

      const store = await under.restart();
      await open(ROOMY);
      const again = only((await claim()).deliveries);

      expect(again).toEqual({ ...before, claimNo: before.claimNo + 1 });
      expect((await store.deliveries.backlog(session)).length).toBe(0);
    });

    test('waits for a retry until it is due, and says when that is', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);
      await record(under.store, retry(session, held, webhook.versionId, 5_000));

      expect(await claim()).toEqual({ deliveries: [], more: false, nextDueMs: 5_000, again: false });
      expect(await under.store.deliveries.backlog(session)).toEqual([
        { webhookUid: webhook.uid, dueInMs: 5_000 },
      ]);
      await under.advance(4_999);
      expect(await claim()).toEqual({ deliveries: [], more: false, nextDueMs: 1, again: false });
      await under.advance(1);
      expect(only((await claim()).deliveries)).toMatchObject({ uid: held.uid, attempts: 1, claimNo: 2 });
    });

    test('takes the oldest due first', async () => {
      await open(ROOMY);
      const { offered } = await accept(under.store, session, times(3));
      const delays = [3_000, 1_000, 2_000];
      for (const [index, held] of offered.entries()) {
        await record(under.store, retry(session, held, webhook.versionId, delays[index] ?? 0));
      }
      await under.advance(3_000);

      const [a, b, c] = uids(offered);
      const first = await claim(2);
      expect([uids(first.deliveries), first.more]).toEqual([[b, c], true]);
      expect(uids((await claim(2)).deliveries)).toEqual([a]);
    });

    test('lets fresh rows pass while only retries that are not due wait', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);
      await record(under.store, retry(session, held, webhook.versionId, 5_000));

      expect((await accept(under.store, session)).offered).toHaveLength(1);
      const store = await under.restart();
      session = await store.deliveries.openSession(ROOMY);
      await claim();
      expect((await accept(store, session)).offered).toHaveLength(1);
    });

    test('takes a due time beyond the longest delay for a clock that was set back', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);
      await record(under.store, retry(session, held, webhook.versionId, 5_000));
      await under.jump(-25 * HOUR);

      expect(await under.store.deliveries.backlog(session)).toEqual([
        { webhookUid: webhook.uid, dueInMs: 0 },
      ]);
      expect(uids((await claim()).deliveries)).toEqual([held.uid]);
    });

    test('finds such a row also behind one that is due as it should be', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);
      await record(under.store, retry(session, held, webhook.versionId, 1));
      await under.jump(-25 * HOUR);
      const young = await acceptOne(under.store, session);
      await record(under.store, retry(session, young, webhook.versionId, HOUR));

      expect(await under.store.deliveries.backlog(session)).toEqual([
        { webhookUid: webhook.uid, dueInMs: 0 },
      ]);
      const claimed = await claim();
      expect(uids(claimed.deliveries)).toEqual([held.uid]);
      expect(claimed.nextDueMs).toBe(HOUR);
    });

    test('never plans further ahead than the longest delay', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);
      await record(under.store, retry(session, held, webhook.versionId, 300 * HOUR));

      expect((await claim()).nextDueMs).toBe(24 * HOUR);
    });

    test('gives nothing of a disabled or deleted webhook, and all of it, oldest first, when it is enabled', async () => {
      await open(ROOMY);
      const { offered } = await accept(under.store, session, times(2));
      await give(offered);
      await under.store.webhooks.update(webhook.uid, { ...webhook, status: 'disabled' }, ANNA);
      expect(await claim()).toEqual({ deliveries: [], more: false, nextDueMs: null, again: false });
      expect(await under.store.deliveries.backlog(session)).toEqual([]);
      await accept(under.store, session);

      await under.store.webhooks.update(webhook.uid, { ...webhook, status: 'active' }, ANNA);
      expect(await under.store.deliveries.backlog(session)).toHaveLength(1);
      expect((await accept(under.store, session)).offered).toEqual([]);
      const all = uids((await claim()).deliveries);
      expect(all.slice(0, 2)).toEqual(uids(offered));
      expect(all).toEqual([...all].sort((a, b) => a - b));
      expect(all).toHaveLength(4);

      await give((await accept(under.store, session)).offered);
      await under.store.webhooks.remove(webhook.uid, ANNA);
      expect(await claim()).toEqual({ deliveries: [], more: false, nextDueMs: null, again: false });
      expect(await under.store.deliveries.backlog(session)).toEqual([]);
    });

    test('gives back what is released, with no attempt counted', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);

      await give([held]);

      expect(await under.store.deliveries.backlog(session)).toMatchObject([{ webhookUid: webhook.uid }]);
      expect((await accept(under.store, session)).spilled).toEqual([webhook.uid]);
      const { deliveries } = await claim();
      expect(deliveries[0]).toEqual({ ...held, claimNo: 2 });
    });

    test('ignores a release by who no longer holds the row', async () => {
      await open(ROOMY);
      const held = await acceptOne(under.store, session);
      await give([held]);
      const again = only((await claim()).deliveries);

      await give([held]);

      expect((await claim()).deliveries).toEqual([]);
      expect(await record(under.store, outcome(session, again, webhook.versionId))).toMatchObject({
        kind: 'recorded',
      });
    });

    test('refuses a claim by a session that has ended', async () => {
      await open(ROOMY);
      await under.store.deliveries.closeSession(session);

      await expect(claim()).rejects.toThrow('has ended');
    });
  });
}
