import { expect, test } from 'vitest';
import { openEngineSite, SECOND_TYPE } from '../../test/support/engine-site.js';
import { hostile } from '../../test/support/hostile.js';
import { rawReceiver, receiverThat } from '../../test/support/sending.js';
import { until } from '../../test/support/until.js';
import { EVENT_TYPES } from '../domain/event-types.js';

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

test('lanes that hang with large events leave memory for another, which has as many at a time as ever', async () => {
  // given webhooks that hang, and are owed more than all that may be held in memory
  const most = 16;
  const site = await openEngineSite({ limits: { bytes: 2 ** 20, perOrigin: most, perLane: most } });
  for (const [n, eventType] of EVENT_TYPES.slice(1, 6).entries()) {
    const { url } = await rawReceiver(hostile.hangs);
    await site.subscribe(url, { eventTypes: [eventType], timeout: 30_000 });
    const size = 60_000 / 4 ** n; // the small ones fill what the large ones left
    await site.report(50, JSON.stringify({ text: 'x'.repeat(size) }), eventType);
  }
  // when another is owed a few, and answers
  const held: (() => void)[] = [];
  const good = await receiverThat({
    answer: () => new Promise<number>((resolve) => held.push(() => resolve(200))),
  });
  await site.subscribe(good.url);
  await site.report(100, JSON.stringify({ text: 'x'.repeat(400) }));
  await good.next(1);
  for (let answered = 0, now = 1; now < most; ) {
    held[answered++]?.();
    const before = now;
    now = await until(
      async () => held.length - answered,
      (underWay) => underWay > before || underWay === most,
      100_000,
    );
  }
  // then
  good.answerWith(200);
  for (const answer of held) answer();
  expect(await good.next(100)).toHaveLength(100);
  await site.engine.stop(); // before the receivers go
});
