import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { type EngineSite, openEngineSite } from '../../test/support/engine-site.js';
import { receiverThat } from '../../test/support/sending.js';
import { until } from '../../test/support/until.js';
import { withVerbs } from '../../test/support/verbs.js';
import { type Store, StoreUnavailable } from '../store/store.js';

const rowOf = async ({ store }: EngineSite, uid: number | null) =>
  (await store.listings.delivery(uid ?? 0))?.delivery;

/** Answers when it is told to. */
async function slowReceiver() {
  let answer = () => {};
  const receiver = await receiverThat({
    answer: () =>
      new Promise<number>((resolve) => {
        answer = () => resolve(200);
      }),
  });
  return { receiver, answer: () => answer() };
}

/** Takes no outcome until there is room. */
function fullDisk() {
  const disk = { full: true, refused: 0 };
  const wrap = (store: Store): Store => ({
    ...store,
    deliveries: withVerbs(store.deliveries, {
      record: (outcome) => {
        if (!disk.full) return store.deliveries.record(outcome);
        disk.refused += 1;
        return Promise.reject(new StoreUnavailable('the disk is full'));
      },
    }),
  });
  return { disk, wrap };
}

describe('a test of a webhook', () => {
  it('is waited for by a stop, and recorded', async () => {
    const site = await openEngineSite();
    const { receiver, answer } = await slowReceiver();
    const webhook = await site.subscribe(receiver.url);
    const testing = site.engine.test({ webhookUid: webhook.uid, source: 'porter' });
    await receiver.next(1);

    const stopping = site.engine.stop();
    answer();
    await stopping;

    expect(await rowOf(site, await testing)).toMatchObject({ state: 'delivered', attempts: 1 });
    const late = site.engine.test({ webhookUid: webhook.uid, source: 'porter' });
    await expect(late).rejects.toMatchObject({ code: 'stopping' });
  });

  it('is cut off by a stop that has waited long enough, and ends as cancelled', async () => {
    const site = await openEngineSite({ limits: { grace: 50 } });
    const { receiver } = await slowReceiver();
    const webhook = await site.subscribe(receiver.url);
    const testing = site.engine.test({ webhookUid: webhook.uid, source: 'porter' });
    await receiver.next(1);

    await site.engine.stop();

    expect(await rowOf(site, await testing)).toMatchObject({
      state: 'cancelled',
      reason: 'test',
      attempts: 0,
      attemptLog: [],
    });
  });

  it('is answered while the store takes no outcomes, and recorded when it does; no other begins', async () => {
    const clock = new ManualClock();
    const { disk, wrap } = fullDisk();
    const site = await openEngineSite({ clock, wrap });
    const receiver = await receiverThat();
    const { uid: webhookUid } = await site.subscribe(receiver.url, { timeout: 1_000 });
    const testing = site.engine.test({ webhookUid, source: 'porter' });
    await until(
      async () => disk.refused,
      (refused) => refused > 0,
    );

    await expect(site.engine.test({ webhookUid, source: 'porter' })).rejects.toBeInstanceOf(StoreUnavailable);
    clock.advance(5_000);
    const uid = await testing;
    expect(await rowOf(site, uid)).toMatchObject({ state: 'pending', attempts: 0 });

    disk.full = false;
    clock.advance(10_000);
    await until(
      () => rowOf(site, uid),
      (row) => row?.state === 'delivered',
    );
    expect(receiver.requests).toHaveLength(1);
  });
});
