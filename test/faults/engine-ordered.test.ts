import { expect, test } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { openEngineSite } from '../support/engine-site.js';
import type { Reply } from '../support/receiver.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';

/** The store, whose claims begin when they are let. */
function lateClaims() {
  let waiting: Promise<void> | null = null;
  let underWay = 0;
  let go = () => {};
  const wrap = (store: Store): Store => ({
    ...store,
    deliveries: new Proxy(store.deliveries, {
      get(target, name) {
        const verb: unknown = Reflect.get(target, name, target);
        if (typeof verb !== 'function') return verb;
        return async (...given: unknown[]) => {
          if (name !== 'claim') return Reflect.apply(verb, target, given);
          underWay++;
          await waiting;
          return Reflect.apply(verb, target, given).finally(() => underWay--);
        };
      },
    }),
  });
  return {
    wrap,
    underWay: () => underWay,
    hold(): void {
      waiting = new Promise((resolve) => {
        go = resolve;
      });
    },
    letGo(): void {
      waiting = null;
      go();
    },
  };
}

test('an ordered webhook gets what is accepted while it is claimed for', async () => {
  // given an ordered webhook without a backlog, whose change has it claimed for
  const claims = lateClaims();
  const answers: ((reply: Reply) => void)[] = [];
  const receiver = await receiverThat({
    answer: () => new Promise<Reply>((resolve) => answers.push(resolve)),
  });
  const site = await openEngineSite({ wrap: claims.wrap });
  const webhook = await site.subscribe(receiver.url, { ordered: true });
  await until(
    async () => claims.underWay(),
    (count) => count === 0,
  );
  claims.hold();
  await site.change(webhook, { description: 'the lobby' });
  expect(claims.underWay()).toBe(1);
  // when events come in before that claim is answered, and are in hand
  const ids = await site.report(4);
  await receiver.next(1);
  claims.letGo();
  await until(
    () => site.store.listings.totals(),
    ({ pending }) => pending === 4,
  );
  // then each arrives, in order
  receiver.answerWith(200);
  answers[0]?.({ status: 200 });
  const requests = await receiver.next(4);
  expect(requests.map(({ body }) => JSON.parse(body.toString()).event_id)).toEqual(ids);
  const totals = await until(
    () => site.store.listings.totals(),
    ({ delivered }) => delivered === 4,
  );
  expect(totals).toMatchObject({ pending: 0, retrying: 0, delivered: 4 });
});
