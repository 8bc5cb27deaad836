import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accept, createWebhook, ROOMY } from '../conformance/harness.conformance.js';
import type { Session, Store } from '../store.js';
import { PARTITION_UNIT } from './partitions.js';
import { type SharedDatabase, sharedDatabase } from './postgres.conformance.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('partitions', () => {
  let shared: SharedDatabase;
  let store: Store;
  let session: Session;

  beforeEach(async () => {
    shared = await sharedDatabase();
    store = await shared.open();
    await createWebhook(store);
    session = await store.deliveries.openSession(ROOMY);
  });
  afterEach(async () => {
    await store.close();
    await shared.drop();
  });

  /** As if so many more deliveries had been accepted. */
  const pass = async (deliveries: number, ms: number) => {
    await shared.database.sql`
      SELECT setval('delivery_uid_seq', (SELECT last_value FROM delivery_uid_seq) + ${deliveries})`;
    await shared.advance(ms);
    await store.deliveries.tidy(10);
  };
  const sizes = async () =>
    (
      await shared.database.sql<{ size: number }[]>`
        SELECT ((hi - lo) / ${PARTITION_UNIT})::float8 AS size FROM history WHERE kind = 'delivery' ORDER BY lo`
    ).map(({ size }) => size);

  test.each([
    ['a dump of all tables', 'LOCK TABLE event, delivery, attempt IN ACCESS SHARE MODE'],
    ['a reader', 'SELECT count(*) FROM event JOIN delivery ON event_id = id'],
    ['one who writes', 'UPDATE delivery SET attempts = attempts WHERE uid = 1'],
  ])('are added beside %s, and events are accepted meanwhile', async (_, statement) => {
    await accept(store, session);
    const other = await shared.database.sql.reserve();
    await other`BEGIN`;
    await other.unsafe(statement);

    await pass(PARTITION_UNIT, MINUTE);
    expect((await sizes()).length).toBeGreaterThan(1);
    await accept(store, session);

    await other`ROLLBACK`;
    other.release();
  });

  test('wait no longer than events can behind what changes the table', async () => {
    const other = await shared.database.sql.reserve();
    await other`BEGIN`;
    await other`LOCK TABLE delivery IN SHARE UPDATE EXCLUSIVE MODE`;

    await expect(pass(PARTITION_UNIT, MINUTE)).rejects.toThrow('did not answer in time');
    await accept(store, session);

    await other`ROLLBACK`;
    other.release();
    await store.deliveries.tidy(10);
    expect((await sizes()).length).toBeGreaterThan(1);
  });

  test('are not made large by a burst', async () => {
    await pass(10, 30 * DAY);
    await pass(PARTITION_UNIT, MINUTE);
    await pass(2 * PARTITION_UNIT, MINUTE);
    expect(Math.max(...(await sizes()))).toBeLessThanOrEqual(4);
  });

  test('hold about a week each of a pace that stays', async () => {
    for (let day = 0; day < 60; day++) await pass(3 * PARTITION_UNIT, DAY);
    const all = await sizes();
    expect(all.length).toBeLessThan(20);
    expect(Math.max(...all)).toBeLessThanOrEqual(28);
  });
});
