import { STATE } from '../../domain/delivery.js';
import { numbers, texts } from './literal.js';
import type { Transaction } from './transaction.js';

const INSERT_EVENTS = `
  INSERT INTO event (id, event_type, source, data, created_at, accepted_at, fanout, first_delivery, last_delivery,
    test)
  SELECT id, event_type, source, data, created_at, $1::bigint, fanout, first_delivery, last_delivery,
    $2::smallint
  FROM unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::int[], $9::bigint[], $10::bigint[])
    AS e (id, event_type, source, data, created_at, fanout, first_delivery, last_delivery)`;
const INSERT_DELIVERIES = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, owner, claim_no, due_at, accepted_at,
    lane_seq, test)
  SELECT uid, webhook_uid, event_id, event_type, ${STATE.pending}, owner, CASE WHEN owner = 0 THEN 0 ELSE 1 END,
    $1::bigint, $1::bigint, lane_seq, $2::smallint
  FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::int[], $7::bigint[], $8::bigint[])
    AS d (uid, webhook_uid, event_id, event_type, owner, lane_seq)`;
/** One that is past its time, and that \`tidy\` has not come to yet, gives way. */
const INSERT_KEYS = `
  WITH written AS (
    INSERT INTO idempotency (credential, key, hash, event_id, at)
    SELECT credential, key, hash, event_id, $1::bigint
    FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS k (credential, key, hash, event_id)
    ON CONFLICT (credential, key) DO UPDATE SET hash = excluded.hash, event_id = excluded.event_id, at = excluded.at
      WHERE idempotency.at <= $1::bigint - $6::bigint
    RETURNING 1
  )
  SELECT latchhook_expect((SELECT count(*) FROM written), $7::bigint)`;

export interface EventRow {
  id: number;
  code: number;
  source: string;
  data: string;
  createdAt: number;
  deliveries: number;
  first: number | null;
  last: number | null;
}

export interface DeliveryRow {
  uid: number;
  webhookUid: number;
  eventId: number;
  code: number;
  /** Session; 0: nobody. */
  owner: number;
  laneSeq: number | null;
}

export interface KeyRow {
  credential: string;
  key: string;
  hash: string;
  eventId: number;
}

export function insertEvents(tx: Transaction, rows: readonly EventRow[], test: 0 | 1): void {
  if (rows.length === 0) return;
  tx.write(INSERT_EVENTS, [
    tx.now,
    test,
    numbers(rows.map((row) => row.id)),
    numbers(rows.map((row) => row.code)),
    texts(rows.map((row) => row.source)),
    texts(rows.map((row) => row.data)),
    numbers(rows.map((row) => row.createdAt)),
    numbers(rows.map((row) => row.deliveries)),
    numbers(rows.map((row) => row.first)),
    numbers(rows.map((row) => row.last)),
  ]);
}

export function insertDeliveries(tx: Transaction, rows: readonly DeliveryRow[], test: 0 | 1): void {
  if (rows.length === 0) return;
  tx.write(INSERT_DELIVERIES, [
    tx.now,
    test,
    numbers(rows.map((row) => row.uid)),
    numbers(rows.map((row) => row.webhookUid)),
    numbers(rows.map((row) => row.eventId)),
    numbers(rows.map((row) => row.code)),
    numbers(rows.map((row) => row.owner)),
    numbers(rows.map((row) => row.laneSeq)),
  ]);
}

/**
 * Where another node has written one of them since it was looked for, the transaction runs again. In the
 * order of keys: two nodes that write the same ones wait for each other in one direction only.
 */
export function insertKeys(tx: Transaction, rows: readonly KeyRow[], retainMs: number): void {
  if (rows.length === 0) return;
  const sorted = [...rows].sort((a, b) => compare(a.credential, b.credential) || compare(a.key, b.key));
  tx.write(INSERT_KEYS, [
    tx.now,
    texts(sorted.map((row) => row.credential)),
    texts(sorted.map((row) => row.key)),
    texts(sorted.map((row) => row.hash)),
    numbers(sorted.map((row) => row.eventId)),
    retainMs,
    sorted.length,
  ]);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
