import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messageIdOf } from '../../domain/message-id.js';
import {
  ANNA,
  acceptOne,
  createWebhook,
  DOOR,
  event,
  type MakeStore,
  only,
  outcome,
  ROOMY,
  record,
  retry,
  type StoreUnderTest,
} from './harness.conformance.js';

export function messageIdsConformance(makeStore: MakeStore): void {
  describe('what ids for receivers are made of', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('belongs to the store, and outlives the process that opened it', async () => {
      const { idOrigin } = under.store;
      expect(idOrigin).toEqual({ storeId: expect.stringMatching(/^[0-9a-f]{32}$/), lastPlainUid: 0 });
      expect((await under.restart()).idOrigin).toEqual(idOrigin);
    });

    test('is the same for a delivery from its acceptance on: when claimed, resent and listed, also by the next process', async () => {
      const webhook = await createWebhook(under.store);
      const session = await under.store.deliveries.openSession(ROOMY);
      const fresh = await acceptOne(under.store, session);
      const id = messageIdOf(under.store.idOrigin, fresh);
      await record(under.store, retry(session, fresh, webhook.versionId, 1000));
      await under.advance(1000);
      const store = await under.restart();
      const next = await store.deliveries.openSession(ROOMY);
      const claim = async () => {
        const { deliveries } = await store.deliveries.claim({
          session: next,
          webhookUid: webhook.uid,
          limit: 10,
        });
        return only(deliveries);
      };

      const claimed = await claim();
      await record(store, outcome(next, claimed, webhook.versionId));
      await under.advance(5000);
      await store.deliveries.resend({ session: next, uid: fresh.uid, by: ANNA });
      const resent = await claim();
      const listed = await store.listings.delivery(fresh.uid);

      const seen = [claimed, resent, ...(listed ? [listed.delivery] : [])];
      expect(seen.map((delivery) => messageIdOf(store.idOrigin, delivery))).toEqual([id, id, id]);
    });

    test('goes with a test and with what a resend makes of an old event, too', async () => {
      await createWebhook(under.store, { eventTypes: [DOOR] });
      const session = await under.store.deliveries.openSession(ROOMY);
      const { uid } = await createWebhook(under.store, { eventTypes: ['log.tamper_event'] });
      const request = { session, webhookUid: uid, eventType: DOOR, source: 'Anna', data: event().data };
      const tested = await under.store.deliveries.acceptTest(request);

      const listed = await under.store.listings.delivery(tested?.uid ?? 0);

      expect(tested && messageIdOf(under.store.idOrigin, tested)).toBe(
        listed && messageIdOf(under.store.idOrigin, listed.delivery),
      );
    });
  });
}
