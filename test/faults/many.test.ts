import { expect, test } from 'vitest';
import { openEngineSite, SECOND_TYPE } from '../support/engine-site.js';
import { rounds } from '../support/rounds.js';
import { receiverThat } from '../support/sending.js';
import { ends } from './ends.js';

const WEBHOOKS = rounds(10_000, 1_000);
const FLOOD = rounds(100_000, 10_000);

test(`${WEBHOOKS} webhooks with one event each are served beside one with ${FLOOD}, and every delivery ends`, async () => {
  // given as many webhooks, each at a path of its own, and one with a type of its own
  const site = await openEngineSite();
  const building = await receiverThat();
  const flooded = await receiverThat();
  for (let n = 0; n < WEBHOOKS; n++) await site.subscribe(`${building.url}/${n}`);
  await site.subscribe(flooded.url, { eventTypes: [SECOND_TYPE] });
  // when the flood is accepted, and then the one event of all others
  for (let n = 0; n < FLOOD; n += 1_000) await site.report(1_000, '{}', SECOND_TYPE);
  const before = flooded.requests.length;
  await site.report(1);
  await building.next(WEBHOOKS);
  // then they had their turns between those of the flood
  const meanwhile = flooded.requests.length - before;
  expect(meanwhile).toBeLessThan(4 * WEBHOOKS);
  expect(new Set(building.requests.map(({ path }) => path)).size).toBe(WEBHOOKS);
  await flooded.next(FLOOD);
  expect(await ends(site)).toEqual({ delivered: WEBHOOKS + FLOOD });
  expect(building.requests).toHaveLength(WEBHOOKS);
  expect(flooded.requests).toHaveLength(FLOOD);
});
