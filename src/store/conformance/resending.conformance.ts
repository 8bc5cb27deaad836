import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, Session, Store } from '../store.js';
import {
  ANNA,
  accept,
  acceptOne,
  CALL,
  createWebhook,
  event,
  FAILED,
  type MakeStore,
  only,
  outcome,
  ROOMY,
  record,
  retry,
  type StoreUnderTest,
  spec,
} from './harness.conformance.js';

const HOUR = 3_600_000;
const times = (count: number) => Array.from({ length: count }, () => event());

export function resendingConformance(makeStore: MakeStore): void {
  describe('sending again and ending', () => {
    let under: StoreUnderTest;
    let store: Store;
    let session: Session;
    let webhook: Webhook;

    const resend = ({ uid }: Pick<HeldDelivery, 'uid'>) =>
      store.deliveries.resend({ session, uid, by: ANNA });
    const cancel = ({ uid }: Pick<HeldDelivery, 'uid'>) =>
      store.deliveries.cancel({ session, uid, by: ANNA });
    const claim = async (webhookUid = webhook.uid) =>
      (await store.deliveries.claim({ session, webhookUid, limit: 1_000 })).deliveries;
    const give = (held: readonly HeldDelivery[]) =>
      store.deliveries.release({ session, rows: held.map(({ uid, claimNo }) => ({ uid, claimNo })) });
    const end = async (held: HeldDelivery, next: typeof FAILED | { state: 'delivered'; reason: 'success' }) =>
      record(store, outcome(session, held, webhook.versionId, { next }));
    const shown = async ({ uid }: Pick<HeldDelivery, 'uid'>) => {
      const stored = await store.listings.delivery(uid);
      if (!stored) throw new Error(`delivery ${uid} is not shown`);
      return stored.delivery;
    };
    const switchTo = async (status: Webhook['status'], held?: 'release' | 'expire') => {
      const now = await store.webhooks.get(webhook.uid);
      if (!now) throw new Error('the webhook is gone');
      await store.webhooks.update(webhook.uid, { ...now, status }, ANNA, held);
    };
    const counted = async () => {
      const { counts } = only(await totalsByStatistics());
      const listed = await store.listings.totals();
      expect(counts).toEqual(listed);
      return Object.fromEntries(Object.entries(listed).filter(([, count]) => count !== 0));
    };
    const totalsByStatistics = async () => {
      const result = await store.listings.statistics({
        from: 0,
        to: (await under.now()) + HOUR,
        stepMs: null,
        by: null,
        eventType: null,
        maxPoints: 10,
      });
      if (result.kind !== 'counted') throw new Error(result.kind);
      return result.series;
    };
    const auditOf = async (action: 'delivery.resent' | 'delivery.cancelled') => {
      const filter = { action, actorKind: null, from: null, to: null };
      return (await store.audit.list({ limit: 10, offset: 0, asc: false, filter })).rows;
    };

    beforeEach(async () => {
      under = await makeStore();
      store = under.store;
      webhook = await createWebhook(store);
      session = await store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    describe('a resend', () => {
      test.each([['delivered'], ['failed'], ['cancelled'], ['expired']] as const)(
        'begins a new run of one that ended as %s, with all its retries, and counts on',
        async (state) => {
          const first = await acceptOne(store, session);
          await record(store, retry(session, first, webhook.versionId, 1_000));
          await under.advance(1_000);
          const held = only(await claim());
          if (state === 'delivered') await end(held, { state, reason: 'success' });
          if (state === 'failed') await end(held, FAILED);
          if (state === 'cancelled') await cancel(held);
          if (state === 'expired') {
            await give([held]);
            await switchTo('disabled');
            await switchTo('active', 'expire');
            await store.deliveries.expireHeld(10);
          }
          const attempts = state === 'delivered' || state === 'failed' ? 2 : 1;
          expect(await counted()).toEqual({ [state]: 1 });

          await under.advance(5_000);
          expect(await resend(held)).toEqual({ kind: 'resent', webhookUid: webhook.uid });

          expect(await counted()).toEqual({ pending: 1 });
          expect(await shown(held)).toMatchObject({
            uid: held.uid,
            state: 'pending',
            reason: null,
            attempts,
            maxAttempts: attempts + 1 + webhook.maxRetries,
            nextAttemptAt: await under.now(),
          });
          const again = only(await claim());
          expect(again).toMatchObject({ uid: held.uid, attempts, runBase: attempts, resend: true });
          await end(again, { state: 'delivered', reason: 'success' });
          expect(await counted()).toEqual({ delivered: 1 });
          expect(only(await auditOf('delivery.resent'))).toMatchObject({
            actor: ANNA,
            entry: { targetUid: held.uid, before: { status: state, attempts }, after: { status: 'pending' } },
          });
        },
      );

      test('of one that waits for its retry makes that due now, in the same run', async () => {
        const held = await acceptOne(store, session);
        await record(store, retry(session, held, webhook.versionId, 60_000));
        expect(await claim()).toEqual([]);

        await resend(held);

        expect(await shown(held)).toMatchObject({ state: 'retrying', nextAttemptAt: await under.now() });
        expect(only(await claim())).toMatchObject({ uid: held.uid, runBase: 0, resend: false });
      });

      test('leaves one alone that is in hand', async () => {
        const held = await acceptOne(store, session);
        expect(await resend(held)).toMatchObject({ kind: 'resent' });
        expect(await claim()).toEqual([]);
        expect(await end(held, { state: 'delivered', reason: 'success' })).toMatchObject({
          kind: 'recorded',
        });
      });

      test('goes before what is accepted after it', async () => {
        const held = await acceptOne(store, session);
        await end(held, FAILED);
        await resend(held);
        expect(await accept(store, session)).toMatchObject({ offered: [], spilled: [webhook.uid] });
        expect((await claim()).map(({ uid }) => uid)).toEqual([held.uid, held.uid + 1]);
      });

      test('takes its old place in an ordered lane, also when it had none', async () => {
        const early = await acceptOne(store, session);
        await end(early, FAILED);
        await store.webhooks.update(webhook.uid, { ...webhook, ordered: true }, ANNA);
        const { offered } = await accept(store, session, times(2));
        const [second, third] = offered;
        if (!second || !third) throw new Error('two were not offered');
        await end(second, FAILED);
        await give([third]);
        await resend(second);
        await resend(early);
        expect((await claim()).map(({ uid }) => uid)).toEqual([early.uid, second.uid, third.uid]);
      });

      test('is refused for a test, for what is not there, for a deleted webhook and for what is too old', async () => {
        const made = await store.deliveries.acceptTest({
          session,
          webhookUid: webhook.uid,
          eventType: CALL,
          source: 'Anna',
          data: '{}',
        });
        if (!made) throw new Error('there is no test');
        expect(await resend(made)).toEqual({ kind: 'test' });
        expect(await resend({ uid: made.uid + 1 })).toEqual({ kind: 'unknown' });

        const held = await acceptOne(store, session);
        await end(held, FAILED);
        await store.webhooks.update(webhook.uid, spec({ ...webhook, maxAge: 1 }), ANNA);
        await under.advance(1_001);
        expect(await resend(held)).toEqual({ kind: 'too-old' });
        await store.webhooks.remove(webhook.uid, ANNA);
        expect(await resend(held)).toEqual({ kind: 'webhook-deleted' });
        expect(await counted()).toEqual({ failed: 1 });
        expect(await auditOf('delivery.resent')).toEqual([]);
      });

      test('outlives the process that was asked for it', async () => {
        const held = await acceptOne(store, session);
        await end(held, FAILED);
        await resend(held);
        store = await under.restart();
        session = await store.deliveries.openSession(ROOMY);
        expect(only(await claim())).toMatchObject({ uid: held.uid, resend: true });
      });
    });

    describe('cancelling', () => {
      test('ends an open delivery, and an outcome that comes later is stale', async () => {
        const held = await acceptOne(store, session);
        expect(await cancel(held)).toMatchObject({
          kind: 'cancelled',
          webhookUid: webhook.uid,
          eventId: held.event.eventId,
        });
        expect(await end(held, { state: 'delivered', reason: 'success' })).toEqual({ kind: 'stale' });
        expect(await shown(held)).toMatchObject({
          state: 'cancelled',
          reason: 'cancelled-by-user',
          attempts: 0,
        });
        expect(await counted()).toEqual({ cancelled: 1 });
        expect(only(await auditOf('delivery.cancelled'))).toMatchObject({
          entry: { targetUid: held.uid, before: { status: 'pending' }, after: { status: 'cancelled' } },
        });
      });

      test('comes too late for an outcome that is stored', async () => {
        const held = await acceptOne(store, session);
        await end(held, { state: 'delivered', reason: 'success' });
        expect(await cancel(held)).toEqual({ kind: 'ended' });
        expect(await counted()).toEqual({ delivered: 1 });
      });

      test('makes room in the window of the session that held it', async () => {
        session = await (await under.restart()).deliveries.openSession({ perLane: 1, bytes: 1_000_000 });
        store = under.store;
        const held = await acceptOne(store, session);
        await cancel(held);
        expect((await accept(store, session)).offered).toHaveLength(1);
      });

      test('is refused for a test and for what is not there', async () => {
        const made = await store.deliveries.acceptTest({
          session,
          webhookUid: webhook.uid,
          eventType: CALL,
          source: 'Anna',
          data: '{}',
        });
        if (!made) throw new Error('there is no test');
        expect(await cancel(made)).toEqual({ kind: 'test' });
        expect(await cancel({ uid: made.uid + 1 })).toEqual({ kind: 'unknown' });
      });

      test('ends one that waits, whose place others then take', async () => {
        await store.webhooks.update(webhook.uid, { ...webhook, ordered: true }, ANNA);
        const { offered } = await accept(store, session, times(2));
        await give(offered);
        const [first, second] = offered;
        if (!first || !second) throw new Error('two were not offered');
        await cancel(first);
        expect(only(await claim())).toMatchObject({ uid: second.uid });
      });
    });

    describe('what a disabled webhook holds', () => {
      const hold = async (count = 1) => {
        const before = await store.listings.totals();
        await accept(store, session, times(count));
        return before;
      };

      beforeEach(() => switchTo('disabled'));

      test('ends as held too long a day after its acceptance', async () => {
        await hold(3);
        await under.advance(24 * HOUR - 1);
        await hold(2);
        expect(await store.deliveries.expireHeld(10)).toEqual({ ended: 0, more: false });
        await under.advance(1);
        expect(await store.deliveries.expireHeld(2)).toEqual({ ended: 2, more: true });
        expect(await store.deliveries.expireHeld(10)).toEqual({ ended: 1, more: false });
        expect(await counted()).toEqual({ expired: 3, pending: 2 });
        expect(await shown({ uid: 1 })).toMatchObject({ state: 'expired', reason: 'held-too-long' });
      });

      test('ages from its resend, where there was one', async () => {
        await hold();
        await under.advance(24 * HOUR);
        await store.deliveries.expireHeld(10);
        await resend({ uid: 1 });
        expect(await shown({ uid: 1 })).toMatchObject({ state: 'pending', held: true });
        await under.advance(24 * HOUR - 1);
        expect(await store.deliveries.expireHeld(10)).toMatchObject({ ended: 0 });
        await under.advance(1);
        expect(await store.deliveries.expireHeld(10)).toMatchObject({ ended: 1 });
      });

      test('is released by enabling, oldest first, but what is too old by then is never claimed', async () => {
        await hold(2);
        await under.advance(HOUR);
        await hold(2);
        await under.advance(23 * HOUR);
        await switchTo('active');

        expect((await claim()).map(({ uid }) => uid)).toEqual([3, 4]);
        expect(await counted()).toEqual({ expired: 2, pending: 2 });
        expect(await shown({ uid: 1 })).toMatchObject({ reason: 'held-too-long' });
      });

      test('stays released, however long its retries then take', async () => {
        await hold();
        await under.advance(23 * HOUR);
        await switchTo('active');
        const held = only(await claim());
        await record(store, retry(session, held, webhook.versionId, 2 * HOUR));
        await under.advance(2 * HOUR);
        expect(await store.deliveries.expireHeld(10)).toEqual({ ended: 0, more: false });
        expect(only(await claim())).toMatchObject({ uid: held.uid, attempts: 1 });
      });

      test('is all expired by enabling, where that is asked for, and nothing that comes after', async () => {
        await hold(3);
        await switchTo('active', 'expire');
        const { spilled } = await accept(store, session);
        expect(spilled).toEqual([webhook.uid]);

        expect(only(await claim())).toMatchObject({ uid: 4 });
        expect(await counted()).toEqual({ expired: 3, pending: 1 });
      });

      test('is expired as enabling said, also when the webhook is disabled and enabled again before', async () => {
        await hold(2);
        await switchTo('active', 'expire');
        await switchTo('disabled');
        await hold(1);
        await switchTo('active');

        expect(await store.deliveries.expireHeld(10)).toEqual({ ended: 2, more: false });
        expect(only(await claim())).toMatchObject({ uid: 3 });
      });

      test('is swept in small groups, also where it waits for a retry', async () => {
        await switchTo('active');
        const held = await acceptOne(store, session);
        await record(store, retry(session, held, webhook.versionId, 600_000));
        await switchTo('disabled');
        await hold(3);
        await switchTo('active', 'expire');

        let ended = 0;
        for (let more = true; more; ) {
          const swept = await store.deliveries.expireHeld(1);
          expect(swept.ended).toBeLessThanOrEqual(1);
          ended += swept.ended;
          more = swept.more;
        }
        expect(ended).toBe(4);
        expect(await counted()).toEqual({ expired: 4 });
      });

      test('is spared by a resend that comes after the enabling, not by one before', async () => {
        await hold(2);
        await resend({ uid: 1 });
        await switchTo('active', 'expire');
        await store.deliveries.expireHeld(10);
        expect(await counted()).toEqual({ expired: 2 });
        await resend({ uid: 2 });
        expect(only(await claim())).toMatchObject({ uid: 2, resend: true });
      });

      test('is spared while it is only held by a circuit', async () => {
        await switchTo('active');
        const now = await store.webhooks.get(webhook.uid);
        if (!now) throw new Error('the webhook is gone');
        await store.deliveries.setHealth({
          webhookUid: now.uid,
          versionId: now.versionId,
          change: { health: 'open', probeInMs: 5_000, probes: 0, failingForMs: 0 },
        });
        await hold(1);
        await under.advance(48 * HOUR);
        expect(await store.deliveries.expireHeld(10)).toEqual({ ended: 0, more: false });
        const { delivery } = await store.deliveries.claimProbe({ session, webhookUid: now.uid });
        expect(delivery).toMatchObject({ uid: 1 });
      });

      test('is no probe when it was held too long', async () => {
        await hold(1);
        await under.advance(24 * HOUR);
        await switchTo('active');
        const now = await store.webhooks.get(webhook.uid);
        if (!now) throw new Error('the webhook is gone');
        await store.deliveries.setHealth({
          webhookUid: now.uid,
          versionId: now.versionId,
          change: { health: 'open', probeInMs: 5_000, probes: 0, failingForMs: 0 },
        });
        const probe = () => store.deliveries.claimProbe({ session, webhookUid: now.uid });
        expect(await probe()).toEqual({ delivery: null, again: true });
        expect(await probe()).toEqual({ delivery: null, again: false });
        expect(await counted()).toEqual({ expired: 1 });
      });
    });
  });
}
