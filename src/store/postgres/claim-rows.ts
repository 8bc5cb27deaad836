import { eventTypeName } from '../../domain/event-types.js';
import { horizon } from '../due.js';
import type { HeldDelivery } from '../store.js';
import type { OpenRow } from './expiry.js';
import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';

const COLUMNS = `
  d.uid, d.webhook_uid, d.event_id, d.event_type, d.state, d.accepted_at, d.test, d.claim_no, d.due_at, d.owner,
  d.lane_seq, d.resent_at, d.spared`;
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
  SELECT ${COLUMNS} FROM delivery d
  WHERE d.webhook_uid = $1 AND d.state < 2 AND d.lane_seq IS NOT NULL
  ORDER BY d.lane_seq LIMIT $2 FOR UPDATE`;
export const NEXT_DUE = `
  SELECT due_at FROM delivery d
  WHERE d.webhook_uid = $1 AND d.due_at > $2 AND ${FREE}
  ORDER BY due_at, uid LIMIT 1`;
/**
 * Events are read by their ids and bounds, and not joined: a join looks at every partition for every row (155 µs
 * with 182 of them). How long their data are decides how many are taken, and is read without reading them.
 */
const EVENT_SIZES = `
  SELECT id, created_at, octet_length(data) AS bytes FROM event
  WHERE id = ANY($1::bigint[]) AND id BETWEEN $2 AND $3`;
const EVENT_DATA = 'SELECT id, data FROM event WHERE id = ANY($1::bigint[]) AND id BETWEEN $2 AND $3';
const HOLD = `
  UPDATE delivery d SET owner = $1, claim_no = d.claim_no + 1
  WHERE d.uid = ANY($2::bigint[]) AND d.uid BETWEEN $3 AND $4
  RETURNING d.uid, d.claim_no, d.attempts, d.run_base, d.resend`;

/** As it lies in its lane. */
interface LaneRow extends OpenRow {
  event_id: number;
  claim_no: number;
  due_at: number;
  owner: number;
  lane_seq: number | null;
  resent_at: number | null;
  spared: number;
}

/** With what is decided by of its event. */
export interface ClaimRow extends LaneRow {
  created_at: number;
  bytes: number;
}

interface HeldRow {
  uid: number;
  claim_no: number;
  attempts: number;
  run_base: number;
  resend: number;
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
  if (dueBy === null || rows.length >= limit) return withSizes(tx, rows);
  const jumped = [webhookUid, horizon(tx.now), living, limit - rows.length];
  return withSizes(tx, [...rows, ...(await tx.run<LaneRow>(CLAIM_JUMPED, jumped))]);
}

/** Of an ordered lane, by place. */
export async function orderedRows(tx: Transaction, webhookUid: number, limit: number): Promise<ClaimRow[]> {
  return withSizes(tx, await tx.run<LaneRow>(CLAIM_ORDERED, [webhookUid, limit]));
}

async function withSizes(tx: Transaction, rows: readonly LaneRow[]): Promise<ClaimRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.event_id);
  const events = await tx.run<{ id: number; created_at: number; bytes: number }>(EVENT_SIZES, among(ids));
  const byId = new Map(events.map((event) => [event.id, event]));
  return rows.flatMap((row) => {
    const event = byId.get(row.event_id);
    return event ? [{ ...row, created_at: event.created_at, bytes: event.bytes }] : [];
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
  rows: readonly ClaimRow[],
): Promise<HeldDelivery[]> {
  if (rows.length === 0) return [];
  const holding = tx.run<HeldRow>(HOLD, [sessionId, ...among(rows.map(({ uid }) => uid))]);
  const reading = tx.run<{ id: number; data: string }>(EVENT_DATA, among(rows.map((row) => row.event_id)));
  const held = new Map((await holding).map((row) => [row.uid, row]));
  const data = new Map((await reading).map((row) => [row.id, row.data]));
  return rows.flatMap((row) => {
    const now = held.get(row.uid);
    const text = data.get(row.event_id);
    return now === undefined || text === undefined ? [] : [toHeld(row, now, text)];
  });
}

/** For `uid = ANY($1) AND uid BETWEEN $2 AND $3`: the bounds say which partitions can be meant. */
function among(uids: readonly number[]): [string, number, number] {
  return [numbers(uids), Math.min(...uids), Math.max(...uids)];
}

function toHeld(row: ClaimRow, now: HeldRow, data: string): HeldDelivery {
  return {
    uid: row.uid,
    webhookUid: row.webhook_uid,
    claimNo: now.claim_no,
    event: {
      eventId: row.event_id,
      eventType: eventTypeName(row.event_type),
      createdAt: row.created_at,
      data,
    },
    attempts: now.attempts,
    runBase: now.run_base,
    resend: now.resend !== 0,
    acceptedAt: row.accepted_at,
    laneSeq: row.lane_seq,
  };
}
