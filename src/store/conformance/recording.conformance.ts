import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryState } from '../../domain/delivery.js';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, Session } from '../store.js';
import {
  ANNA,
  accept,
  acceptOne,
  attempt,
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
} from './harness.conformance.js';

const HOUR = 3_600_000;
const NONE: Record<DeliveryState, number> = {
  pending: 0,
  retrying: 0,
  delivered: 0,
  failed: 0,
  cancelled: 0,
  expired: 0,
};

export function recordingConformance(makeStore: MakeStore): void {
  describe('recording outcomes', () => {
    let under: StoreUnderTest;
    let session: Session;
    let webhook: Webhook;

    const shown = async (held: HeldDelivery) => {
      const stored = await under.store.listings.event(held.event.eventId);
      const row = stored?.deliveries.find(({ uid }) => uid === held.uid);
      if (!row) throw new Error(`delivery ${held.uid} is not shown`);
      return row;
    };
    const claimOne = async () =>
      only((await under.store.deliveries.claim({ session, webhookUid: webhook.uid, limit: 10 })).deliveries);

    beforeEach(async () => {
      under = await makeStore();
      webhook = await createWebhook(under.store);
      session = await under.store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    test('keeps each attempt in full, and what became of the delivery', async () => {
      const held = await acceptOne(under.store, session);
      const failing = retry(session, held, webhook.versionId, 5_000);
      expect(await record(under.store, failing)).toEqual({
        kind: 'recorded',
        state: 'retrying',
        dueInMs: 5_000,
        disabled: false,
        laneChanged: false,
      });
      const dueAt = (await under.now()) + 5_000;
      expect(await shown(held)).toMatchObject({
        state: 'retrying',
        reason: null,
        attempts: 1,
        maxAttempts: 4,
        responseStatus: null,
        lastAttemptAt: failing.attempt.startedAt,
        nextAttemptAt: dueAt,
        attemptLog: [failing.attempt],
      });

      await under.advance(5_000);
      const claimed = await claimOne();
      const resent = attempt(claimed, webhook.versionId, {
        resent: true,
        note: 'Content-Length came twice',
      });
      const delivering = outcome(session, claimed, webhook.versionId, { attempt: resent });
      expect(await record(under.store, delivering)).toEqual({
        kind: 'recorded',
        state: 'delivered',
        dueInMs: null,
        disabled: false,
        laneChanged: false,
      });
      expect(await shown(held)).toMatchObject({
        state: 'delivered',
        reason: 'success',
        attempts: 2,
        responseStatus: 200,
        nextAttemptAt: null,
        attemptLog: [failing.attempt, delivering.attempt],
      });
    });

    test('keeps the form that each attempt was sent by, and gives its number to no other', async () => {
      const [ours, others] = ['[["User-Agent","Latchhook/0.1.0"]]', '[["User-Agent","Latchhook/0.2.0"]]'];
      const formId = await under.store.deliveries.requestForm(ours);
      const held = await acceptOne(under.store, session);
      const failing = retry(session, held, webhook.versionId, 0);
      await record(under.store, { ...failing, attempt: { ...failing.attempt, formId } });
      const store = await under.restart();
      session = await store.deliveries.openSession(ROOMY);
      const otherId = await store.deliveries.requestForm(others);
      const again = await claimOne();
      const made = { ...attempt(again, webhook.versionId), formId: otherId };
      await record(store, outcome(session, again, webhook.versionId, { attempt: made }));
      const unknown = await acceptOne(store, session);
      await record(store, outcome(session, unknown, webhook.versionId));

      const same = await Promise.all([
        store.deliveries.requestForm(ours),
        store.deliveries.requestForm(ours),
      ]);

      expect(same).toEqual([formId, formId]);
      expect((await shown(held)).attemptLog).toMatchObject([
        { formId, form: ours },
        { formId: otherId, form: others },
      ]);
      expect((await shown(unknown)).attemptLog).toMatchObject([{ formId: null, form: null }]);
    });

    test('ends a delivery as failed, with the reason', async () => {
      const held = await acceptOne(under.store, session);

      await record(under.store, outcome(session, held, webhook.versionId, { next: FAILED }));

      expect(await shown(held)).toMatchObject({ state: 'failed', reason: 'retries-exhausted' });
      const { deliveries } = await under.store.deliveries.claim({
        session,
        webhookUid: webhook.uid,
        limit: 1,
      });
      expect(deliveries).toEqual([]);
    });

    test('takes the same outcome twice and writes it once', async () => {
      const [first, second] = (await accept(under.store, session, [event(), event()])).offered;
      if (!first || !second) throw new Error('two were accepted');
      const ended = outcome(session, first, webhook.versionId);
      const failing = retry(session, second, webhook.versionId, 5_000);

      for (const one of [ended, failing]) {
        const answer = await record(under.store, one);
        expect(await record(under.store, one)).toEqual(answer);
      }

      expect((await shown(first)).attemptLog).toHaveLength(1);
      expect(await under.store.listings.totals()).toEqual({ ...NONE, delivered: 1, retrying: 1 });
    });

    test('refuses another outcome for what has ended', async () => {
      const held = await acceptOne(under.store, session);
      await record(under.store, outcome(session, held, webhook.versionId));

      const other = outcome(session, held, webhook.versionId, {
        attempt: attempt(held, webhook.versionId, { durationMs: 99, responseStatus: 500 }),
        next: FAILED,
      });

      expect(await record(under.store, other)).toEqual({ kind: 'stale' });
      expect(await shown(held)).toMatchObject({ state: 'delivered', attempts: 1 });
    });

    test('refuses the outcome of an earlier claim, and of a session that lost the row', async () => {
      const held = await acceptOne(under.store, session);
      const dead = session;
      await under.store.deliveries.closeSession(session);
      session = await under.store.deliveries.openSession(ROOMY);
      const again = await claimOne();

      expect(await record(under.store, outcome(dead, held, webhook.versionId))).toEqual({ kind: 'stale' });
      expect(await record(under.store, outcome(session, held, webhook.versionId))).toEqual({ kind: 'stale' });
      expect(await record(under.store, outcome(dead, again, webhook.versionId))).toEqual({ kind: 'stale' });

      expect(await shown(held)).toMatchObject({ state: 'pending', attempts: 0, attemptLog: [] });
      expect(await record(under.store, outcome(session, again, webhook.versionId))).toMatchObject({
        state: 'delivered',
      });
    });

    test('knows no outcome for a delivery that never was', async () => {
      const held = await acceptOne(under.store, session);
      const unknown = outcome(session, { ...held, uid: held.uid + 1 }, webhook.versionId);

      expect(await record(under.store, unknown)).toEqual({ kind: 'stale' });
    });

    test('cancels the retry of a deleted webhook, and lets a success of it count', async () => {
      const [first, second] = (await accept(under.store, session, [event(), event()])).offered;
      if (!first || !second) throw new Error('two were accepted');
      await under.store.webhooks.remove(webhook.uid, ANNA);

      const retried = await record(under.store, retry(session, first, webhook.versionId, 5_000));
      const delivered = await record(under.store, outcome(session, second, webhook.versionId));

      expect(retried).toMatchObject({ kind: 'recorded', state: 'cancelled', dueInMs: null });
      expect(delivered).toMatchObject({ kind: 'recorded', state: 'delivered' });
      expect(await shown(first)).toMatchObject({ reason: 'webhook-deleted', attempts: 1 });
    });

    test('disables the webhook of a receiver that is gone, in the same step', async () => {
      const held = await acceptOne(under.store, session);
      const gone = outcome(session, held, webhook.versionId, {
        attempt: attempt(held, webhook.versionId, { responseStatus: 410 }),
        next: { state: 'failed', reason: 'receiver-gone' },
        disable: 'receiver-gone',
      });

      const answer = await record(under.store, gone);

      expect(answer).toMatchObject({ kind: 'recorded', state: 'failed', disabled: true });
      expect(await record(under.store, gone)).toEqual(answer);
      const now = await under.store.webhooks.get(webhook.uid);
      expect(now).toEqual({
        ...webhook,
        versionId: now?.versionId,
        status: 'disabled',
        disabledReason: 'receiver-gone',
      });
      expect(now?.versionId).not.toBe(webhook.versionId);
      expect((await accept(under.store, session)).offered).toEqual([]);
    });

    test('holds an event back that was accepted in the same moment as its receiver was found gone', async () => {
      const held = await acceptOne(under.store, session);
      const gone = outcome(session, held, webhook.versionId, {
        next: { state: 'failed', reason: 'receiver-gone' },
        disable: 'receiver-gone',
      });

      const [, accepted] = await Promise.all([record(under.store, gone), accept(under.store, session)]);

      expect(accepted.offered).toEqual([]);
    });

    test('leaves a webhook alone that was changed while the attempt was under way', async () => {
      const held = await acceptOne(under.store, session);
      await under.store.webhooks.update(webhook.uid, { ...webhook, description: 'repaired' }, ANNA);

      const answer = await record(
        under.store,
        outcome(session, held, webhook.versionId, {
          next: { state: 'failed', reason: 'receiver-gone' },
          disable: 'receiver-gone',
        }),
      );

      expect(answer).toMatchObject({ kind: 'recorded', disabled: false });
      expect(await under.store.webhooks.get(webhook.uid)).toMatchObject({ status: 'active' });
    });

    test('counts deliveries by state, and goes on counting right when minutes fold into hours', async () => {
      const { offered } = await accept(under.store, session, [event(), event(), event(), event()]);
      const [first, second, third] = offered;
      if (!first || !second || !third) throw new Error('four were accepted');
      await record(under.store, outcome(session, first, webhook.versionId));
      await record(under.store, outcome(session, second, webhook.versionId, { next: FAILED }));
      await record(under.store, retry(session, third, webhook.versionId, 5_000));
      const expected = { ...NONE, pending: 1, retrying: 1, delivered: 1, failed: 1 };
      expect(await under.store.listings.totals()).toEqual(expected);

      await under.advance(50 * HOUR);
      let rounds = 0;
      while ((await under.store.deliveries.tidy(2)).more) rounds += 1;

      expect(rounds).toBeGreaterThan(0);
      expect(await under.store.listings.totals()).toEqual(expected);
      await record(under.store, outcome(session, await claimOne(), webhook.versionId));
      expect(await under.store.listings.totals()).toEqual({ ...expected, retrying: 0, delivered: 2 });
    });

    test('takes a hundred outcomes in one go, and an unwelcome one among them spoils none', async () => {
      const { offered } = await accept(
        under.store,
        session,
        Array.from({ length: 100 }, () => event()),
      );
      const outcomes = offered.map((held) => outcome(session, held, webhook.versionId));
      const broken = outcomes[50];
      if (!broken) throw new Error('a hundred were accepted');
      // No store takes an attempt without a time; whatever it throws concerns this outcome alone.
      broken.attempt = { ...broken.attempt, startedAt: null as unknown as number };

      const answers = await Promise.allSettled(outcomes.map((one) => record(under.store, one)));

      const refused = answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
      expect(refused).toEqual([50]);
      expect(await under.store.listings.totals()).toEqual({ ...NONE, pending: 1, delivered: 99 });
    });
  });

  describe('ending what a deleted webhook was owed', () => {
    let under: StoreUnderTest;
    let session: Session;
    let webhook: Webhook;

    beforeEach(async () => {
      under = await makeStore();
      webhook = await createWebhook(under.store);
      session = await under.store.deliveries.openSession({ perLane: 2, bytes: 1_000_000 });
    });
    afterEach(() => under.dispose());

    test('cancels it in small groups, but what is under way ends by itself', async () => {
      const other = await createWebhook(under.store);
      const { offered } = await accept(
        under.store,
        session,
        Array.from({ length: 7 }, () => event()),
      );
      await under.store.webhooks.remove(webhook.uid, ANNA);

      expect(await under.store.deliveries.endOrphans(3)).toEqual({ ended: 3, more: true });
      expect(await under.store.deliveries.endOrphans(2)).toEqual({ ended: 2, more: false });
      expect(await under.store.deliveries.endOrphans(3)).toEqual({ ended: 0, more: false });
      expect(await under.store.listings.totals()).toEqual({ ...NONE, pending: 9, cancelled: 5 });

      const mine = offered.filter(({ webhookUid }) => webhookUid === webhook.uid);
      for (const held of mine) await record(under.store, outcome(session, held, webhook.versionId));
      expect(await under.store.listings.totals()).toEqual({
        ...NONE,
        pending: 7,
        cancelled: 5,
        delivered: 2,
      });
      const owed = await under.store.deliveries.claim({ session, webhookUid: other.uid, limit: 10 });
      expect(owed.more).toBe(true);
    });

    test('comes back to what was under way and was given back', async () => {
      const held = await acceptOne(under.store, session);
      await under.store.webhooks.remove(webhook.uid, ANNA);
      expect(await under.store.deliveries.endOrphans(10)).toEqual({ ended: 0, more: false });

      await under.store.deliveries.release({ session, rows: [{ uid: held.uid, claimNo: held.claimNo }] });

      expect(await under.store.deliveries.endOrphans(10)).toEqual({ ended: 1, more: false });
      const stored = await under.store.listings.event(held.event.eventId);
      expect(stored?.deliveries).toMatchObject([
        { state: 'cancelled', reason: 'webhook-deleted', url: webhook.url, attempts: 0 },
      ]);
    });

    test('ends what a process left that died', async () => {
      await acceptOne(under.store, session);
      await under.store.webhooks.remove(webhook.uid, ANNA);

      const store = await under.restart();

      expect(await store.deliveries.endOrphans(10)).toEqual({ ended: 1, more: false });
    });
  });
}
