import { expect, test } from 'vitest';
import type { OutcomeResult, Store } from '../../src/store/store.js';
import { openEngineSite } from '../support/engine-site.js';
import type { Reply } from '../support/receiver.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';
import { withVerbs } from '../support/verbs.js';

/** The store, with what it answered to the outcomes of this engine. */
function watched() {
  const answers: OutcomeResult[] = [];
  const wrap = (store: Store): Store => ({
    ...store,
    deliveries: withVerbs(store.deliveries, {
      record: async (outcome) => {
        const answer = await store.deliveries.record(outcome);
        answers.push(answer);
        return answer;
      },
    }),
  });
  return { wrap, answers };
}

test('the outcome of a claim that another took over is refused: what is on record is what the other did', async () => {
  // given an attempt under way, whose delivery another session then claims and ends
  const { wrap, answers } = watched();
  const held: ((reply: Reply) => void)[] = [];
  const receiver = await receiverThat({ answer: () => new Promise<Reply>((resolve) => held.push(resolve)) });
  const site = await openEngineSite({ wrap });
  const webhook = await site.subscribe(receiver.url);
  const [id = 0] = await site.report(1);
  await receiver.next(1);
  const { deliveries } = site.store;
  const session = await deliveries.openSession({ perLane: 10, bytes: 1e6 });
  const claimed = await deliveries.claim({ session, webhookUid: webhook.uid, limit: 1 });
  expect(claimed.deliveries).toMatchObject([{ claimNo: 2, attempts: 0 }]);
  const { uid: deliveryUid = 0, claimNo = 0 } = claimed.deliveries[0] ?? {};
  const attempt = {
    number: 1,
    versionId: webhook.versionId,
    formId: null,
    startedAt: 1,
    durationMs: 1,
    responseStatus: 204,
    error: null,
    note: null,
    responseHeaders: null,
    responseBody: null,
    resend: false,
    resent: false,
  };
  await deliveries.record({
    session,
    deliveryUid,
    claimNo,
    attempt,
    next: { state: 'delivered', reason: 'success' },
    disable: null,
    probe: false,
    lane: null,
  });
  // when the first attempt ends in a failure
  held[0]?.({ status: 500 });
  await until(
    async () => answers.length,
    (count) => count > 0,
    100_000,
  );
  // then
  expect(answers).toEqual([{ kind: 'stale' }]);
  const found = await site.store.listings.event(id);
  expect(found?.deliveries).toMatchObject([
    { state: 'delivered', attempts: 1, attemptLog: [{ number: 1, responseStatus: 204 }] },
  ]);
  expect(await site.store.listings.totals()).toMatchObject({
    delivered: 1,
    pending: 0,
    retrying: 0,
    failed: 0,
  });
});
