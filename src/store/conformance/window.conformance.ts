import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Webhook } from '../../domain/webhook.js';
import type { OutcomeRequest, Session } from '../store.js';
import {
  accept,
  acceptOne,
  CALL,
  createWebhook,
  event,
  type MakeStore,
  only,
  outcome,
  record,
  type StoreUnderTest,
} from './harness.conformance.js';

export function windowConformance(makeStore: MakeStore): void {
  describe('counting what a session holds', () => {
    let under: StoreUnderTest;
    let session: Session;
    let webhook: Webhook;

    /** No store takes an attempt without a time: it fails the group that it is in, and then itself. */
    const broken = (request: OutcomeRequest): OutcomeRequest => ({
      ...request,
      attempt: { ...request.attempt, startedAt: null as unknown as number },
    });

    beforeEach(async () => {
      under = await makeStore();
      webhook = await createWebhook(under.store);
      session = await under.store.deliveries.openSession({ perLane: 1, bytes: 1_000_000 });
    });
    afterEach(() => under.dispose());

    test('counts nothing of a group that failed, and what its members do alone once', async () => {
      const held = await acceptOne(under.store, session);
      await createWebhook(under.store, { eventTypes: [CALL] });

      const [accepted, refused] = await Promise.allSettled([
        accept(under.store, session, [event({ eventType: CALL })]),
        record(under.store, broken(outcome(session, held, webhook.versionId))),
      ]);

      expect(refused.status).toBe('rejected');
      expect(accepted).toMatchObject({ value: { offered: { length: 1 }, spilled: [] } });
      expect((await accept(under.store, session)).offered).toEqual([]); // still in these hands
      await record(under.store, outcome(session, held, webhook.versionId));
      const { deliveries } = await under.store.deliveries.claim({
        session,
        webhookUid: webhook.uid,
        limit: 5,
      });
      expect(deliveries).toHaveLength(1);
    });

    test('decides by no subscription that was rolled back', async () => {
      const held = await acceptOne(under.store, session);
      const other = await createWebhook(under.store, { eventTypes: [CALL] });
      const { offered } = await accept(under.store, session, [event({ eventType: CALL })]);
      const gone = outcome(session, held, webhook.versionId, {
        next: { state: 'failed', reason: 'receiver-gone' },
        disable: 'receiver-gone',
      });

      const [disabling] = await Promise.allSettled([
        record(under.store, gone),
        record(under.store, broken(outcome(session, only(offered), other.versionId))),
      ]);

      expect(disabling).toMatchObject({ value: { kind: 'recorded', disabled: true } });
      expect(await under.store.webhooks.get(webhook.uid)).toMatchObject({ status: 'disabled' });
    });

    test('does not take the outcome of an earlier claim for that of the present one', async () => {
      const held = await acceptOne(under.store, session);
      const rows = [{ uid: held.uid, claimNo: held.claimNo }];
      await under.store.deliveries.release({ session, rows });
      const again = await under.store.deliveries.claim({ session, webhookUid: webhook.uid, limit: 1 });
      expect(again).toMatchObject({ deliveries: { length: 1 }, more: false });

      expect(await record(under.store, outcome(session, held, webhook.versionId))).toEqual({ kind: 'stale' });
      await under.store.deliveries.release({ session, rows });

      expect((await accept(under.store, session)).offered).toEqual([]);
    });
  });
}
