import { eventTypeName } from '../../domain/event-types.js';
import { horizon } from '../due.js';
import type { HeldDelivery } from '../store.js';
import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';

const COLUMNS = `
  d.uid, d.event_id, d.event_type, d.state, d.accepted_at, d.claim_no, d.attempts, d.run_base, d.resend,
  d.resent_at, d.spared`;
const FREE = 'd.state < 2 AND d.test = 0 AND NOT d.owner = ANY($3::bigint[])';
/** Rows that another transaction is busy with are its own. */
const free = (due: string) => `
  SELECT ${COLUMNS} FROM delivery d
  WHERE d.webhook_uid = $1 AND d.due_at ${due} $2 AND ${FREE}
  ORDER BY d.due_at, d.uid LIMIT $4 FOR UPDATE SKIP LOCKED`;
export const CLAIM_DUE = free('<=');
/** Due further away than any delay: the clock was set back. */
export const CLAIM_JUMPED = free('>');
/** Whoever holds them: the first decides. The lane is locked, so that only its outcomes are in the way. */
export const CLAIM_ORDERED = `
  SELECT ${COLUMNS}, d.due_at, d.owner, d.lane_seq FROM delivery d
  WHERE d.webhook_uid = $1 AND d.state < 2 AND d.lane_seq IS NOT NULL
  ORDER BY d.lane_seq LIMIT $2 FOR UPDATE`;
export const NEXT_DUE = `
  SELECT due_at FROM delivery d
  WHERE d.webhook_uid = $1 AND d.due_at > $2 AND ${FREE}
  ORDER BY due_at, uid LIMIT 1`;
/** Bytes of data that come with the rows of a claim; longer ones decide how many are taken, and are read then. */
const SHORT = 4096;
/**
 * Events are read by their ids and bounds, and not joined: a join looks at every partition for every row (155 µs
 * with 182 of them). How long data are is read without reading them.
 */
const EVENTS = `
  SELECT id, created_at, octet_length(data) AS bytes, CASE WHEN octet_length(data) <= ${SHORT} THEN data END AS data
  FROM event WHERE id = ANY($1::bigint[]) AND id BETWEEN $2 AND $3`;
const LONG_DATA = 'SELECT id, data FROM event WHERE id = ANY($1::bigint[]) AND id BETWEEN $2 AND $3';
const HOLD = `
  UPDATE delivery d SET owner = $1, claim_no = d.claim_no + 1
  WHERE d.uid = ANY($2::bigint[]) AND d.uid BETWEEN $3 AND $4`;

/** As it lies in its lane. */
interface LaneRow {
  uid: number;
  event_id: number;
  event_type: number;
  state: number;
  accepted_at: number;
  claim_no: number;
  attempts: number;
  run_base: number;
  resend: number;
  resent_at: number | null;
  spared: number;
}

/** With its event. */
export interface ClaimRow extends LaneRow {
  created_at: number;
  bytes: number;
  /** Null: long. */
  data: string | null;
  /** Of an ordered lane. */
  lane_seq?: number;
}

export interface OrderedRow extends ClaimRow {
  due_at: number;
  owner: number;
  lane_seq: number;
}

interface EventRow {
  id: number;
  created_at: number;
  bytes: number;
  data: string | null;
}

/** In nobody's living hands, oldest due first; `dueBy` null: due or not. */
export async function freeRows(
  tx: Transaction,
  webhookUid: number,
  dueBy: number | null,
  limit: number,
): Promise<ClaimRow[]> {
  const living = numbers([...tx.living]);
  const until = dueBy ?? Number.MAX_SAFE_INTEGER;
  const rows = await tx.run<LaneRow>(CLAIM_DUE, [webhookUid, until, living, limit]);
  if (dueBy === null || rows.length >= limit) return withEvents(tx, rows);
  const jumped = [webhookUid, horizon(tx.now), living, limit - rows.length];
  return withEvents(tx, [...rows, ...(await tx.run<LaneRow>(CLAIM_JUMPED, jumped))]);
}

/** Of an ordered lane, by place. */
export async function orderedRows(tx: Transaction, webhookUid: number, limit: number): Promise<OrderedRow[]> {
  const rows = await tx.run<Omit<OrderedRow, keyof EventRow>>(CLAIM_ORDERED, [webhookUid, limit]);
  return withEvents(tx, rows);
}

async function withEvents<Row extends LaneRow>(
  tx: Transaction,
  rows: readonly Row[],
): Promise<(Row & ClaimRow)[]> {
  if (rows.length === 0) return [];
  const events = await tx.run<EventRow>(EVENTS, among(rows.map((row) => row.event_id)));
  const byId = new Map(events.map((event) => [event.id, event]));
  return rows.flatMap((row) => {
    const event = byId.get(row.event_id);
    if (!event) return [];
    const { created_at, bytes, data } = event;
    return [Object.assign(row, { created_at, bytes, data })];
  });
}

/** When the first free row behind now falls due, ms; null: there is none. */
export async function nextDueAt(tx: Transaction, webhookUid: number): Promise<number | null> {
  const [row] = await tx.run<{ due_at: number }>(NEXT_DUE, [webhookUid, tx.now, numbers([...tx.living])]);
  return row?.due_at ?? null;
}

/** Puts locked rows into a session's hands, in their order. */
export async function holdRows(
  tx: Transaction,
  sessionId: number,
  webhookUid: number,
  rows: readonly ClaimRow[],
): Promise<HeldDelivery[]> {
  if (rows.length === 0) return [];
  tx.write(HOLD, [sessionId, ...among(rows.map(({ uid }) => uid))]);
  const long = await longData(tx, rows);
  return rows.map((row) => ({
    uid: row.uid,
    webhookUid,
    claimNo: row.claim_no + 1,
    event: {
      eventId: row.event_id,
      eventType: eventTypeName(row.event_type),
      createdAt: row.created_at,
      data: row.data ?? long(row.event_id),
    },
    attempts: row.attempts,
    runBase: row.run_base,
    resend: row.resend !== 0,
    acceptedAt: row.accepted_at,
    laneSeq: row.lane_seq ?? null,
  }));
}

async function longData(tx: Transaction, rows: readonly ClaimRow[]): Promise<(eventId: number) => string> {
  const ids = rows.filter(({ data }) => data === null).map((row) => row.event_id);
  const found = ids.length === 0 ? [] : await tx.run<{ id: number; data: string }>(LONG_DATA, among(ids));
  const byId = new Map(found.map(({ id, data }) => [id, data]));
  return (eventId) => {
    const data = byId.get(eventId);
    // Nothing must be sent in place of it: the claim is undone.
    if (data === undefined) throw new Error(`event ${eventId} has open deliveries and no data`);
    return data;
  };
}

/** For `uid = ANY($1) AND uid BETWEEN $2 AND $3`: the bounds say which partitions can be meant. */
function among(uids: readonly number[]): [string, number, number] {
  return [numbers(uids), Math.min(...uids), Math.max(...uids)];
}
