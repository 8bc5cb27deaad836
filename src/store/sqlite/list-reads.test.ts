import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../../test/support/clock.js';
import { accept, createWebhook, DOOR, event, ROOMY } from '../conformance/harness.conformance.js';
import type { Session, Store } from '../store.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

/** Every look at it is 5 ms later: what asks for many statements takes long. */
class HurriedClock extends ManualClock {
  #looks = 0;

  override monotonic(): number {
    this.#looks += 1;
    return super.monotonic() + this.#looks * 5;
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

const FILTER = {
  webhookUids: null,
  eventTypes: null,
  statuses: null,
  sources: null,
  eventIds: Array.from({ length: 40 }, (_, n) => n + 1),
  from: null,
  to: null,
};
const REQUEST = { filter: FILTER, asc: true, slice: { offset: 0, limit: 50 } } as const;

let data: DataDirectory;
let store: Store;
let session: Session;

beforeEach(async () => {
  data = dataDirectory();
  store = await data.open({ clock: new HurriedClock(), sqlite: { listLevels: [2, 4, 6] } });
  await createWebhook(store, { eventTypes: [DOOR] });
  session = await store.deliveries.openSession(ROOMY);
  await accept(
    store,
    session,
    Array.from({ length: 40 }, () => event({ eventType: DOOR })),
  );
});

afterEach(async () => {
  await store.close();
  data.remove();
});

test('a list that takes long lets others in between, and shows what was there when it began', async () => {
  let listed = false;
  const list = store.listings.deliveries(REQUEST).finally(() => {
    listed = true;
  });
  await nextTurn();
  await accept(store, session, [event({ eventType: DOOR })]);
  expect(await store.listings.event(41)).toMatchObject({ eventId: 41 });
  expect(listed).toBe(false);

  const { total, rows } = await list;
  expect(total).toBe(40);
  expect(rows.map(({ eventId }) => eventId)).toEqual(FILTER.eventIds);
});

test('lists that take long are answered one behind the other, each by what is there then', async () => {
  const order: string[] = [];
  const first = store.listings.deliveries(REQUEST).then(({ total }) => order.push(`first ${total}`));
  const second = store.listings.deliveries(REQUEST).then(({ total }) => order.push(`second ${total}`));
  await Promise.all([first, second]);
  expect(order).toEqual(['first 40', 'second 40']);
});

test('a list that takes long fails when the store closes, and the store closes', async () => {
  const list = store.listings.deliveries(REQUEST);
  const failed = expect(list).rejects.toThrow('the store is closed');
  await nextTurn();
  await store.close();
  await failed;
});
