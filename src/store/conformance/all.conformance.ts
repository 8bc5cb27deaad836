import { describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../store.js';
import { acceptingConformance } from './accepting.conformance.js';
import { auditConformance } from './audit.conformance.js';
import { claimingConformance } from './claiming.conformance.js';
import { endsConformance } from './ends.conformance.js';
import { ANNA, createWebhook, event, type MakeStore, ROOMY, spec } from './harness.conformance.js';
import { jobsConformance } from './jobs.conformance.js';
import { keysConformance } from './keys.conformance.js';
import { lanesConformance } from './lanes.conformance.js';
import { listingConformance } from './listing.conformance.js';
import { logConformance } from './log.conformance.js';
import { messageIdsConformance } from './message-ids.conformance.js';
import { nodesConformance } from './nodes.conformance.js';
import { owingConformance } from './owing.conformance.js';
import { peopleConformance } from './people.conformance.js';
import { recordingConformance } from './recording.conformance.js';
import { resendingConformance } from './resending.conformance.js';
import { retentionConformance } from './retention.conformance.js';
import { retentionModelConformance } from './retention-model.conformance.js';
import { statisticsConformance } from './statistics.conformance.js';
import { testingConformance } from './testing.conformance.js';
import { webhooksConformance } from './webhooks.conformance.js';
import { windowConformance } from './window.conformance.js';

/** What any store must do. */
export function storeConformance(makeStore: MakeStore): void {
  acceptingConformance(makeStore);
  claimingConformance(makeStore);
  windowConformance(makeStore);
  recordingConformance(makeStore);
  lanesConformance(makeStore);
  testingConformance(makeStore);
  messageIdsConformance(makeStore);
  nodesConformance(makeStore);
  statisticsConformance(makeStore);
  resendingConformance(makeStore);
  jobsConformance(makeStore);
  owingConformance(makeStore);
  endsConformance(makeStore);
  webhooksConformance(makeStore);
  peopleConformance(makeStore);
  listingConformance(makeStore);
  logConformance(makeStore);
  retentionConformance(makeStore);
  retentionModelConformance(makeStore);
  keysConformance(makeStore);
  auditConformance(makeStore);

  describe('closing', () => {
    test('finishes what is under way, then refuses everything; twice is fine', async () => {
      const under = await makeStore();
      const { store } = under;
      await createWebhook(store);
      const session = await store.deliveries.openSession(ROOMY);
      const request = { session, credential: 'user:1', events: [event()] };

      const underWay = store.deliveries.accept(request);
      const closing = store.close();
      const late = store.deliveries.accept(request);

      await expect(late).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await underWay).toMatchObject({ kind: 'accepted' });
      await closing;
      await store.close();
      await expect(store.webhooks.create(spec(), ANNA)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(store.listings.totals()).rejects.toBeInstanceOf(StoreUnavailable);
      await under.dispose();
    });
  });
}
