import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.js';
import { accept, createWebhook, event, outcome, ROOMY, record } from '../conformance/harness.conformance.js';
import type { Session, Store } from '../store.js';
import { PARTITION_UNIT } from './partitions.js';
import { type SharedDatabase, sharedDatabase } from './postgres.conformance.js';

const DAY = 24 * 3_600_000;
const KEEP = 10 * DAY;

describe('history on PostgreSQL', () => {
  let shared: SharedDatabase;
  let store: Store;
  let session: Session;
  let versionId: number;

  beforeEach(async () => {
    shared = await sharedDatabase();
    store = await shared.open();
    versionId = (await createWebhook(store)).versionId;
    session = await store.deliveries.openSession(ROOMY);
  });
  afterEach(async () => {
    await store.close();
    await shared.drop();
  });

  const deliver = async (count: number) => {
    const { offered, items } = await accept(
      store,
      session,
      Array.from({ length: count }, () => event()),
    );
    for (const held of offered) await record(store, outcome(session, held, versionId));
    return items.map(({ eventId }) => eventId);
  };
  const cut = async (from: Store = store) => {
    let gone = 0;
    for (let step = { passed: 0, more: true, cut: 0 }; step.more; gone += step.cut) {
      step = await from.deliveries.cutHistory({ keepMs: KEEP, after: step.passed, limit: 4 });
    }
    return gone;
  };
  const partitions = async () =>
    (
      await shared.database.sql<{ name: string }[]>`
      SELECT kind || ' ' || lo AS name FROM history ORDER BY kind, lo`
    ).map(({ name }) => name);
  const tables = async () =>
    (
      await shared.database.sql<{ name: string }[]>`
      SELECT relname AS name FROM pg_class WHERE relname ~ '^(event|delivery|attempt)_0$'`
    ).map(({ name }) => name);

  /** Until the lists go by blocks up to there: it waits for every transaction of the server, a neighbour's too. */
  const indexed = (upTo: number) =>
    until(
      async () => {
        await store.deliveries.indexLists(10);
        const rows = await shared.database.sql<{ value: number }[]>`
          SELECT value::float8 AS value FROM counter WHERE name IN ('deliveries in blocks', 'events in blocks')`;
        return Math.min(...rows.map(({ value }) => value));
      },
      (value) => value >= upTo,
    );

  test('drops a partition of which nothing is left, and none that somebody reads just then', async () => {
    await deliver(3);
    const { sql } = shared.database;
    await sql`SELECT setval('event_id_seq', ${PARTITION_UNIT + 5}), setval('delivery_uid_seq', ${PARTITION_UNIT + 5})`;
    const young = await deliver(1);
    await store.deliveries.tidy(10);
    await indexed(4);
    await shared.advance(KEEP);
    await deliver(1);
    const reader = await sql.reserve();
    await reader`BEGIN`;
    await reader`SELECT count(*) FROM event`;

    expect(await cut()).toBe(4);
    // It reads events alone.
    expect(await tables()).toEqual(['event_0']);
    await reader`COMMIT`;
    reader.release();
    expect(await cut()).toBe(0);

    expect(await tables()).toEqual([]);
    expect(await partitions()).not.toContain('event 0');
    expect(await partitions()).not.toContain('delivery 0');
    expect(await store.listings.event(young[0] ?? 0)).toBeNull();
    const next = await deliver(5);
    expect((await store.listings.event(next[0] ?? 0))?.deliveries).toMatchObject([{ state: 'delivered' }]);
  });

  test('leaves alone what somebody has in hand, and takes it in a later pass', async () => {
    await deliver(3);
    await shared.advance(KEEP);
    const other = await shared.database.sql.reserve();
    await other`BEGIN`;
    await other`SELECT 1 FROM delivery WHERE uid = 2 FOR UPDATE`;

    expect(await cut()).toBe(2);
    expect((await store.listings.event(2))?.deliveries).toHaveLength(1);

    await other`COMMIT`;
    other.release();
    expect(await cut()).toBe(1);
    expect(await store.listings.totals()).toMatchObject({ delivered: 0 });
  });

  test('is cut once where two nodes do it at the same time', async () => {
    await deliver(30);
    await indexed(28);
    await shared.advance(KEEP);
    const second = await shared.open();

    const [first, other] = await Promise.all([cut(), cut(second)]);

    expect(first + other).toBe(30);
    expect(await second.listings.totals()).toMatchObject({ delivered: 0 });
    expect(await shared.database.sql`SELECT 1 FROM delivery_block`).toEqual([]);
    expect(await shared.database.sql`SELECT 1 FROM delivery_block_state`).toEqual([]);
    await second.close();
  });
});
