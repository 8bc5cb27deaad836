import { eventTypeName } from '../../domain/event-types.js';
import { horizon } from '../due.js';
import type { HeldDelivery } from '../store.js';
import type { OpenRow } from './expiry.js';
import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';

/** Without the data, which is read of those alone that are taken; its length decides how many these are. */
const COLUMNS = `
  d.uid, d.webhook_uid, d.event_type, d.state, d.accepted_at, d.test, d.claim_no, d.due_at, d.owner, d.lane_seq,
  d.resent_at, d.spared, e.created_at, octet_length(e.data) AS bytes`;
const FREE = 'd.state < 2 AND d.test = 0 AND NOT d.owner = ANY($3::bigint[])';
/** Rows that another transaction is busy with are its own. */
const free = (due: string) => `
  SELECT ${COLUMNS} FROM delivery d JOIN event e ON e.id = d.event_id
  WHERE d.webhook_uid = $1 AND d.due_at ${due} $2 AND ${FREE}
  ORDER BY d.due_at, d.uid LIMIT $4 FOR UPDATE OF d SKIP LOCKED`;
export const CLAIM_DUE = free('<=');
/** Due further away than any delay: the clock was set back. */
export const CLAIM_JUMPED = free('>');
/** Whoever holds them: the first decides. The lane is locked, so that only its outcomes are in the way. */
export const CLAIM_ORDERED = `
  SELECT ${COLUMNS} FROM delivery d JOIN event e ON e.id = d.event_id
  WHERE d.webhook_uid = $1 AND d.state < 2 AND d.lane_seq IS NOT NULL
  ORDER BY d.lane_seq LIMIT $2 FOR UPDATE OF d`;
export const NEXT_DUE = `
  SELECT due_at FROM delivery d
  WHERE d.webhook_uid = $1 AND d.due_at > $2 AND ${FREE}
  ORDER BY due_at, uid LIMIT 1`;
const HOLD = `
  UPDATE delivery d SET owner = h.owner, claim_no = d.claim_no + 1
  FROM unnest($1::bigint[], $2::bigint[]) AS h (uid, owner), event e
  WHERE d.uid = h.uid AND e.id = d.event_id AND d.uid BETWEEN $3 AND $4
  RETURNING d.uid, d.webhook_uid, d.claim_no, d.attempts, d.run_base, d.resend, d.accepted_at, d.event_id,
    d.event_type, d.lane_seq, e.created_at, e.data`;

export interface ClaimRow extends OpenRow {
  claim_no: number;
  due_at: number;
  owner: number;
  lane_seq: number | null;
  resent_at: number | null;
  spared: number;
  created_at: number;
  bytes: number;
}

interface HeldRow {
  uid: number;
  webhook_uid: number;
  claim_no: number;
  attempts: number;
  run_base: number;
  resend: number;
  accepted_at: number;
  event_id: number;
  event_type: number;
  lane_seq: number | null;
  created_at: number;
  data: string;
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
  const rows = await tx.run<ClaimRow>(CLAIM_DUE, [webhookUid, until, living, limit]);
  if (dueBy === null || rows.length >= limit) return rows;
  const jumped = [webhookUid, horizon(tx.now), living, limit - rows.length];
  return [...rows, ...(await tx.run<ClaimRow>(CLAIM_JUMPED, jumped))];
}

/** Of an ordered lane, by place. */
export function orderedRows(tx: Transaction, webhookUid: number, limit: number): Promise<ClaimRow[]> {
  return tx.run<ClaimRow>(CLAIM_ORDERED, [webhookUid, limit]);
}

/** When the first free row behind now falls due, ms; null: there is none. */
export async function nextDueAt(tx: Transaction, webhookUid: number): Promise<number | null> {
  const [row] = await tx.run<{ due_at: number }>(NEXT_DUE, [webhookUid, tx.now, numbers([...tx.living])]);
  return row?.due_at ?? null;
}

/** Puts rows into their sessions' hands. */
export async function holdRows(
  tx: Transaction,
  rows: readonly { uid: number; owner: number }[],
): Promise<Map<number, HeldDelivery>> {
  if (rows.length === 0) return new Map();
  const uids = rows.map(({ uid }) => uid);
  const held = await tx.run<HeldRow>(HOLD, [
    numbers(uids),
    numbers(rows.map(({ owner }) => owner)),
    Math.min(...uids),
    Math.max(...uids),
  ]);
  return new Map(held.map((row) => [row.uid, toHeld(row)]));
}

function toHeld(row: HeldRow): HeldDelivery {
  return {
    uid: row.uid,
    webhookUid: row.webhook_uid,
    claimNo: row.claim_no,
    event: {
      eventId: row.event_id,
      eventType: eventTypeName(row.event_type),
      createdAt: row.created_at,
      data: row.data,
    },
    attempts: row.attempts,
    runBase: row.run_base,
    resend: row.resend !== 0,
    acceptedAt: row.accepted_at,
    laneSeq: row.lane_seq,
  };
}
