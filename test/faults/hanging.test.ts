import { expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { openEngineSite } from '../support/engine-site.js';
import type { Reply } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';
import { ends } from './ends.js';

const RECEIVERS = 10;
const EVENTS = rounds(2_000, 300);

test(`with nine of ten receivers hanging the tenth gets all ${EVENTS} events meanwhile, and the nine get theirs after`, async () => {
  // given ten webhooks that want the same events; nine receivers answer nothing
  const clock = new ManualClock();
  const site = await openEngineSite({ clock });
  let answers = false;
  const hanging = () => (answers ? 200 : new Promise<Reply>(() => {}));
  const good = await receiverThat();
  await site.subscribe(good.url, { timeout: 30_000 });
  for (let n = 1; n < RECEIVERS; n++) {
    const { url } = await receiverThat({ answer: hanging });
    await site.subscribe(url, { timeout: 1_000, maxRetries: 5 });
  }
  // when
  for (let n = 0; n < EVENTS; n += 100) await site.report(100);
  await good.next(EVENTS);
  // then the tenth was not held up, and nothing of the others has ended
  const meanwhile = await until(
    () => site.store.listings.totals(),
    ({ delivered }) => delivered === EVENTS,
  );
  expect(meanwhile).toMatchObject({ delivered: EVENTS, failed: 0, cancelled: 0, expired: 0 });
  // and when they answer again each delivery ends
  answers = true;
  expect(await ends(site, () => clock.suspend(1_000), 20_000)).toEqual({ delivered: RECEIVERS * EVENTS });
});

test('a receiver that answers 200 after its timeout gets the delivery again, and is believed then', async () => {
  // given a receiver whose first answers come late
  const clock = new ManualClock();
  const site = await openEngineSite({ clock });
  const late: ((reply: Reply) => void)[] = [];
  const receiver = await receiverThat({
    answer: () => new Promise<Reply>((resolve) => late.push(resolve)),
  });
  await site.subscribe(receiver.url, { timeout: 1_000, maxRetries: 1 });
  const ids = await site.report(2);
  await until(
    () => site.store.listings.totals(),
    ({ retrying }) => retrying === 2,
    100_000,
  );
  // when they are sent after all
  for (const answer of late.splice(0)) answer({ status: 200 });
  receiver.answerWith(200);
  expect(await site.store.listings.totals()).toMatchObject({ retrying: 2, delivered: 0 });
  // then the second attempts count
  expect(await ends(site, () => clock.advance(1_000))).toEqual({ delivered: 2 });
  expect(receiver.requests).toHaveLength(4);
  for (const id of ids) {
    const found = await site.store.listings.event(id);
    expect(found?.deliveries).toMatchObject([
      {
        state: 'delivered',
        attempts: 2,
        attemptLog: [{ error: { kind: 'headers-timeout' }, responseStatus: null }, { responseStatus: 200 }],
      },
    ]);
  }
});
