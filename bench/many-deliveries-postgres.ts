/** The same month as in `many-deliveries.ts`, written straight into a PostgreSQL database. */
import postgres from 'postgres';
import type { Store } from '../src/store/store.js';
import {
  COMMON_SOURCE,
  createWebhooks,
  eventsFor,
  FIRST_AT,
  HELD_WEBHOOK,
  LAST_AT,
  RARE_WEBHOOK,
} from './many-deliveries.js';

const EVENTS = (events: number) => `
  INSERT INTO event (id, event_type, source, data, created_at, accepted_at, fanout, first_delivery, last_delivery)
  SELECT i, CASE WHEN k % 10007 = 3 THEN 40 ELSE (h >> 16) % 12 END,
    CASE WHEN (h >> 12) % 2 = 1 THEN '${COMMON_SOURCE}' ELSE 'panel-' || ((h >> 4) % 200) END,
    '{"lock":1,"owner":"Ana Petrova","number":"3090069"}',
    at, at, CASE WHEN i % 50 <> 0 THEN 2 ELSE 0 END,
    CASE WHEN i % 50 <> 0 THEN 2 * k - 1 END, CASE WHEN i % 50 <> 0 THEN 2 * k END
  FROM (SELECT i, i - i / 50 AS k, (i - i / 50) * 2654435761 % 4294967296 AS h,
      ${FIRST_AT} + i * ${LAST_AT - FIRST_AT} / ${events} AS at
    FROM generate_series(1, ${events}::bigint) AS n (i)) k`;
const DELIVERIES = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, attempts, owner, claim_no, due_at,
    accepted_at, last_attempt_at, ended_at, response_status, version_id)
  SELECT uid, webhook_uid, id, event_type, state, (state <> 0)::int, 0, 1, accepted_at + (h >> 5) % 100000,
    accepted_at, CASE WHEN state > 0 THEN accepted_at END, CASE WHEN state > 1 THEN accepted_at END,
    CASE state WHEN 2 THEN 200 WHEN 3 THEN 500 END,
    (SELECT version_id FROM webhook w WHERE w.uid = webhook_uid)
  FROM (
    SELECT uid, id, event_type, accepted_at, h,
      CASE WHEN uid % 10000 = 14 THEN ${RARE_WEBHOOK} WHEN uid % 1000 = 16 THEN ${HELD_WEBHOOK}
        WHEN uid % 2 = 1 THEN 1 + h % 10 ELSE 11 + (h >> 8) % 10 END AS webhook_uid,
      CASE WHEN uid % 1000 = 16 OR h % 1000 < 7 THEN 0 WHEN h % 1000 < 10 THEN 1 WHEN h % 1000 < 30 THEN 3
        WHEN h % 1000 < 35 THEN 4 WHEN h % 1000 < 40 THEN 5 ELSE 2 END AS state
    FROM (SELECT uid, id, event_type, accepted_at, (uid * 2246822519) % 4294967291 AS h
      FROM event, LATERAL (VALUES (first_delivery), (last_delivery)) AS d (uid) WHERE fanout > 0) given
  ) d ORDER BY uid`;
const COUNT_ON = `
  SELECT setval('event_id_seq', (SELECT max(id) FROM event)),
    setval('delivery_uid_seq', (SELECT max(uid) FROM delivery))`;

/**
 * @param url an empty database, which `store` is opened on
 * @returns how many deliveries there are, about `deliveries`
 */
export async function fillPostgres(store: Store, url: string, deliveries: number): Promise<number> {
  await createWebhooks(store);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(EVENTS(eventsFor(deliveries)));
    await sql.unsafe(DELIVERIES);
    await sql.unsafe(COUNT_ON);
    // As its own upkeep does sooner or later.
    await sql.unsafe('VACUUM ANALYZE');
    const [row] = await sql<{ count: number }[]>`SELECT count(*)::int AS count FROM delivery`;
    return row?.count ?? 0;
  } finally {
    await sql.end();
  }
}
