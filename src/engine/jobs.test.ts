import { expect, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { openEngineSite } from '../../test/support/engine-site.js';
import { receiverThat } from '../../test/support/sending.js';
import { until } from '../../test/support/until.js';
import { withVerbs } from '../../test/support/verbs.js';
import { SYSTEM } from '../domain/actor.js';
import { END_STATES } from '../domain/delivery.js';
import type { Store } from '../store/store.js';

test('a bulk resend that fails each time holds up no other', async () => {
  // given two webhooks with one delivery each, and a store that cannot find what the first job asks for
  const clock = new ManualClock();
  const receiver = await receiverThat();
  let broken = 0;
  const lines: Record<string, unknown>[] = [];
  const wrap = (store: Store): Store => ({
    ...store,
    jobs: withVerbs(store.jobs, {
      step: async (request) => {
        if (request.jobUid === broken) throw new Error('a row of it is damaged');
        return store.jobs.step(request);
      },
    }),
  });
  const site = await openEngineSite({ clock, wrap, onLine: (line) => lines.push(line) });
  const webhooks = [
    await site.subscribe(`${receiver.url}/one`),
    await site.subscribe(`${receiver.url}/other`),
  ];
  await site.report(1);
  await until(
    () => site.store.listings.totals(),
    ({ delivered }) => delivered === 2,
  );
  // when both are asked to send it again
  const any = { eventTypes: null, sources: null, from: null, to: null, statuses: [...END_STATES] };
  for (const [index, { uid }] of webhooks.entries()) {
    const job = await site.store.jobs.start({ mode: 'deliveries', webhookUid: uid, ...any }, SYSTEM);
    if (!job) throw new Error('the webhook is not there');
    if (index === 0) broken = job.uid;
    site.engine.jobChanged(job);
  }
  await until(
    async () => {
      clock.advance(100);
      return receiver.requests;
    },
    (requests) => requests.filter(({ path }) => path === '/other').length === 2,
    1_000,
  );
  // then the first is tried again and again, and said
  expect(lines).toContainEqual(expect.objectContaining({ job_uid: broken }));
});
