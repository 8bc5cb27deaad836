/** A store that has run for a month, written straight into its file. */

import { SYSTEM } from '../src/domain/actor.js';
import { EVENT_TYPES } from '../src/domain/event-types.js';
import { readWebhook } from '../src/domain/webhook-rules.js';
import { sqliteDriver } from '../src/store/sqlite/driver.js';
import type { Store } from '../src/store/store.js';

/** The last is disabled, so that what it is still owed is held; the one before gets a delivery now and then. */
export const WEBHOOKS = 22;
export const RARE_WEBHOOK = 21;
export const HELD_WEBHOOK = 22;
export const RARE_TYPE = EVENT_TYPES[40] ?? '';
export const COMMON_TYPE = EVENT_TYPES[3] ?? '';
/** Half of all events are its. */
export const COMMON_SOURCE = 'entrance';
export const RARE_SOURCE = 'panel-77';

/** ms; the first event. */
export const FIRST_AT = Date.UTC(2026, 0, 1);
export const LAST_AT = FIRST_AT + 30 * 24 * 3_600_000;

/** Each event goes to two webhooks, but every fiftieth to none. */
const EVENTS = `
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @events),
  k AS (SELECT i, i - i / 50 AS k, (i - i / 50) * 2654435761 % 4294967296 AS h FROM n)
  INSERT INTO event (id, event_type, source, data, created_at, accepted_at, fanout, first_delivery, last_delivery)
  SELECT i, CASE WHEN k % 10007 = 3 THEN 40 ELSE (h >> 16) % 12 END,
    CASE WHEN (h >> 12) % 2 THEN '${COMMON_SOURCE}' ELSE 'panel-' || ((h >> 4) % 200) END,
    '{"lock":1,"owner":"Ana Petrova","number":"3090069"}',
    at, at, CASE WHEN i % 50 THEN 2 ELSE 0 END,
    CASE WHEN i % 50 THEN 2 * k - 1 END, CASE WHEN i % 50 THEN 2 * k END
  FROM (SELECT i, k, h, CAST(@first + i * (@last - @first) / @events AS INTEGER) AS at FROM k)`;
const DELIVERIES = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, attempts, owner, claim_no, due_at,
    accepted_at, last_attempt_at, ended_at, response_status, version_id)
  SELECT uid, webhook_uid, id, event_type, state, state <> 0, 0, 1, accepted_at + (h >> 5) % 100000,
    accepted_at, CASE WHEN state THEN accepted_at END, CASE WHEN state > 1 THEN accepted_at END,
    CASE state WHEN 2 THEN 200 WHEN 3 THEN 500 END,
    (SELECT version_id FROM webhook w WHERE w.uid = webhook_uid)
  FROM (
    SELECT uid, id, event_type, accepted_at, h,
      CASE WHEN uid % 10000 = 14 THEN ${RARE_WEBHOOK} WHEN uid % 1000 = 16 THEN ${HELD_WEBHOOK}
        WHEN uid % 2 THEN 1 + h % 10 ELSE 11 + (h >> 8) % 10 END AS webhook_uid,
      CASE WHEN uid % 1000 = 16 OR h % 1000 < 7 THEN 0 WHEN h % 1000 < 10 THEN 1 WHEN h % 1000 < 30 THEN 3
        WHEN h % 1000 < 35 THEN 4 WHEN h % 1000 < 40 THEN 5 ELSE 2 END AS state
    FROM (SELECT uid, id, event_type, accepted_at, (uid * 2246822519) % 4294967291 AS h FROM (
      SELECT first_delivery AS uid, * FROM event WHERE fanout > 0
      UNION ALL SELECT last_delivery, * FROM event WHERE fanout > 0))
    ORDER BY uid)`;

/** @returns how many deliveries there are, about `deliveries` */
export async function fillStore(store: Store, file: string, deliveries: number): Promise<number> {
  await createWebhooks(store);
  const database = new (sqliteDriver())(file);
  try {
    database.pragma('synchronous = OFF');
    const events = eventsFor(deliveries);
    database.transaction(() => {
      database.prepare(EVENTS).run({ events, first: FIRST_AT, last: LAST_AT });
      database.prepare(DELIVERIES).run();
    })();
    return database.prepare<[], number>('SELECT count(*) FROM delivery').pluck().get() ?? 0;
  } finally {
    database.close();
  }
}

export function eventsFor(deliveries: number): number {
  return Math.ceil(((deliveries / 2) * 50) / 49);
}

export async function createWebhooks(store: Store): Promise<void> {
  for (let n = 1; n <= WEBHOOKS; n++) {
    await store.webhooks.create(
      readWebhook(
        {
          url: `http://10.255.0.${n}/hook`,
          status: n === HELD_WEBHOOK ? 'disabled' : 'active',
          event_types: [...EVENT_TYPES],
          max_retries: 3,
        },
        null,
      ),
      SYSTEM,
    );
  }
}
