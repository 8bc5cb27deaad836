import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, Session, Store } from '../store.js';
import {
  ANNA,
  accept,
  attempt,
  createWebhook,
  DOOR,
  event,
  type MakeStore,
  outcome,
  ROOMY,
  record,
  type StoreUnderTest,
} from './harness.conformance.js';

const TEST_FAILED = { state: 'failed', reason: 'test' } as const;

export function testingConformance(makeStore: MakeStore): void {
  describe('a test of a webhook', () => {
    let under: StoreUnderTest;
    let session: Session;
    let webhook: Webhook;

    beforeEach(async () => {
      under = await makeStore();
      webhook = await createWebhook(under.store);
      session = await under.store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    const acceptTest = async (webhookUid = webhook.uid): Promise<HeldDelivery> => {
      const held = await under.store.deliveries.acceptTest({
        session,
        webhookUid,
        eventType: DOOR,
        source: 'porter',
        data: '{"test":"success"}',
      });
      if (!held) throw new Error('no test was accepted');
      return held;
    };
    const shown = async (uid: number, store: Store = under.store) => {
      const details = await store.listings.delivery(uid);
      if (!details) throw new Error(`delivery ${uid} is not shown`);
      return details;
    };
    const owed = async (store: Store, of: Session) => {
      const claim = { session: of, webhookUid: webhook.uid, limit: 10 };
      return (await store.deliveries.claim(claim)).deliveries.map(({ uid }) => uid);
    };

    test('is a delivery of an event of its own, to this webhook alone', async () => {
      await createWebhook(under.store);
      const before = await under.now();

      const held = await acceptTest();

      expect(held).toMatchObject({ webhookUid: webhook.uid, attempts: 0, runBase: 0, resend: false });
      expect(held.event).toMatchObject({ eventType: DOOR, data: '{"test":"success"}', createdAt: before });
      const stored = await under.store.listings.event(held.event.eventId);
      expect(stored).toMatchObject({ source: 'porter', deliveries: [{ uid: held.uid, test: true }] });
      const details = await shown(held.uid);
      expect(details.event).toEqual(held.event);
      expect(details.delivery).toMatchObject({
        state: 'pending',
        maxAttempts: 1,
        test: true,
        attemptLog: [],
      });
    });

    test('takes uids between those of real deliveries, and never one twice', async () => {
      const uids = [
        ...(await accept(under.store, session)).offered.map(({ uid }) => uid),
        (await acceptTest()).uid,
        ...(await accept(under.store, session)).offered.map(({ uid }) => uid),
        (await acceptTest()).uid,
      ];
      expect(uids).toEqual([...new Set(uids)].sort((a, b) => a - b));
    });

    test('keeps its attempt and ends as what came of it', async () => {
      const [good, bad] = [await acceptTest(), await acceptTest()];
      const refused = { kind: 'refused', message: 'connection refused' } as const;

      await record(under.store, outcome(session, good, webhook.versionId));
      const made = attempt(bad, webhook.versionId, { responseStatus: null, error: refused });
      await record(
        under.store,
        outcome(session, bad, webhook.versionId, { attempt: made, next: TEST_FAILED }),
      );

      expect((await shown(good.uid)).delivery).toMatchObject({ state: 'delivered', reason: 'success' });
      expect((await shown(bad.uid)).delivery).toMatchObject({
        state: 'failed',
        reason: 'test',
        attempts: 1,
        attemptLog: [made],
      });
    });

    test('goes to a disabled webhook too, and is not held', async () => {
      const disabled = await createWebhook(under.store, { status: 'disabled' });

      const held = await acceptTest(disabled.uid);

      expect((await shown(held.uid)).delivery).toMatchObject({ state: 'pending', held: false });
    });

    test('is not made for a webhook that is unknown or deleted', async () => {
      await under.store.webhooks.remove(webhook.uid, ANNA);
      for (const webhookUid of [webhook.uid, 999]) {
        const request = { session, webhookUid, eventType: DOOR, source: 'porter', data: '{}' };
        expect(await under.store.deliveries.acceptTest(request)).toBeNull();
      }
    });

    test('is in no statistics, whatever becomes of it', async () => {
      const totals = await under.store.listings.totals();
      const [good, bad, lost] = [await acceptTest(), await acceptTest(), await acceptTest()];
      await record(under.store, outcome(session, good, webhook.versionId));
      await record(under.store, outcome(session, bad, webhook.versionId, { next: TEST_FAILED }));
      await under.store.deliveries.release({ session, rows: [{ uid: lost.uid, claimNo: lost.claimNo }] });

      expect(await under.store.listings.totals()).toEqual(totals);
      const now = await under.now();
      const counted = await under.store.listings.statistics({
        from: 0,
        to: now,
        stepMs: null,
        by: 'webhook',
        eventType: null,
        maxPoints: 10,
      });
      expect(counted).toMatchObject({ kind: 'counted', series: [] });
    });

    test('ends as cancelled when it is given back, and is owed to nobody', async () => {
      const held = await acceptTest();

      await under.store.deliveries.release({ session, rows: [{ uid: held.uid, claimNo: held.claimNo }] });

      expect((await shown(held.uid)).delivery).toMatchObject({ state: 'cancelled', reason: 'test' });
      expect(await owed(under.store, session)).toEqual([]);
    });

    test('ends as cancelled when its session is closed, while real deliveries stay owed', async () => {
      const [real] = (await accept(under.store, session)).offered;
      const held = await acceptTest();

      await under.store.deliveries.closeSession(session);

      expect((await shown(held.uid)).delivery).toMatchObject({ state: 'cancelled', reason: 'test' });
      const next = await under.store.deliveries.openSession(ROOMY);
      expect(await owed(under.store, next)).toEqual([real?.uid]);
    });

    test('ends as cancelled after a crash, and is never sent as if it were real', async () => {
      const [real] = (await accept(under.store, session, [event()])).offered;
      const held = await acceptTest();

      const store = await under.restart();
      const next = await store.deliveries.openSession(ROOMY);

      expect((await shown(held.uid, store)).delivery).toMatchObject({
        state: 'cancelled',
        reason: 'test',
        attempts: 0,
      });
      expect(await owed(store, next)).toEqual([real?.uid]);
      expect(await store.deliveries.record(outcome(session, held, webhook.versionId))).toEqual({
        kind: 'stale',
      });
    });

    test('is not counted against what a session may hold', async () => {
      const small = await under.store.deliveries.openSession({ ...ROOMY, perLane: 1 });
      session = small;
      await acceptTest();

      const { offered } = await accept(under.store, small);

      expect(offered).toHaveLength(1);
    });
  });
}
