import { expect, test } from 'vitest';
import { openEngineSite, SECOND_TYPE } from '../../test/support/engine-site.js';
import { hostile } from '../../test/support/hostile.js';
import { rawReceiver, receiverThat } from '../../test/support/sending.js';
import { until } from '../../test/support/until.js';

const HANGING = 200;
const OWED = 10;
const EVENTS = 500;

test(`with ${HANGING} receivers that all begin to hang at once, one that is new and answers gets its events meanwhile`, async () => {
  // given more than all places for attempts owed to receivers that answer nothing
  const site = await openEngineSite();
  const receivers = await Promise.all(Array.from({ length: HANGING }, () => rawReceiver(hostile.hangs)));
  for (const { url } of receivers) {
    await site.subscribe(url, { eventTypes: [SECOND_TYPE], timeout: 30_000 });
  }
  await site.report(OWED, '{}', SECOND_TYPE);
  await until(
    async () => receivers.every(({ connections }) => connections() > 0),
    (all) => all,
  );
  // when
  const good = await receiverThat();
  await site.subscribe(good.url);
  await site.report(EVENTS);
  await good.next(EVENTS);
  // then each of the others was tried, holds little, and none has ended
  const totals = await until(
    () => site.store.listings.totals(),
    ({ delivered }) => delivered === EVENTS,
  );
  expect(totals).toMatchObject({ delivered: EVENTS, pending: HANGING * OWED, retrying: 0, failed: 0 });
  const held = receivers.map(({ connections }) => connections());
  expect(Math.max(...held)).toBeLessThanOrEqual(4);
  await site.engine.stop(); // before the receivers go, or all that is owed to them would be tried again
});

test('a receiver is asked for little at first, and for more at a time with each answer', async () => {
  // given a receiver that is new, with more owed to it than it may be asked for at a time
  const most = 16;
  const site = await openEngineSite({ limits: { perOrigin: most, perLane: most } });
  const held: (() => void)[] = [];
  const receiver = await receiverThat({
    answer: () => new Promise<number>((resolve) => held.push(() => resolve(200))),
  });
  await site.subscribe(receiver.url);
  await site.report(100);
  const atATime = [4];
  await receiver.next(4);
  // when it answers one after the other
  for (let answered = 0, now = 4; now < most; ) {
    held[answered++]?.();
    const before = now;
    now = await until(
      async () => held.length - answered,
      (underWay) => underWay > before,
    );
    atATime.push(now);
  }
  // then
  expect(held.length).toBe(most + atATime.length - 1);
  receiver.answerWith(200);
  for (const answer of held) answer();
  await receiver.next(100);
});
