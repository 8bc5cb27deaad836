import { expect, test } from 'vitest';
import { openEngineSite } from '../../test/support/engine-site.js';
import type { Reply } from '../../test/support/receiver.js';
import { receiverThat } from '../../test/support/sending.js';

test('webhooks of one receiver go on when those that waited before them were disabled meanwhile', async () => {
  // given one connection to the receiver, kept busy, and three webhooks that wait for it in turn
  const held: ((reply: Reply) => void)[] = [];
  const receiver = await receiverThat({
    answer: ({ path }) =>
      path === '/busy' ? new Promise<Reply>((resolve) => held.push(resolve)) : { status: 200 },
  });
  const site = await openEngineSite({ limits: { perOrigin: 1 } });
  await site.subscribe(`${receiver.url}/busy`);
  const second = await site.subscribe(`${receiver.url}/second`);
  await site.subscribe(`${receiver.url}/third`);
  await site.report(1);
  await receiver.next(1);
  // when the first of those that wait is disabled, and the connection becomes free
  await site.change(second, { status: 'disabled' });
  held[0]?.({ status: 200 });
  // then the next one in line gets it
  const requests = await receiver.next(2);
  expect(requests.map(({ path }) => path)).toEqual(['/busy', '/third']);
});
