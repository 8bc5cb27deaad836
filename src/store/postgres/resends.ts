import { deliveryAudited } from '../../domain/audit.js';
import { OPEN_BELOW, STATE, STATES } from '../../domain/delivery.js';
import { eventTypeName } from '../../domain/event-types.js';
import { isTooOld } from '../../domain/freshness.js';
import type { CancelResult, DeliveryOrder, ResendResult } from '../store.js';
import { writeAudit } from './audit-trail.js';
import { endRows } from './expiry.js';
import { numbers } from './literal.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

const LOCK_ROWS = `
  SELECT d.uid, d.webhook_uid, d.event_id, d.event_type, d.state, d.owner, d.claim_no, d.attempts,
    d.accepted_at, d.ended_at, d.test, e.created_at
  FROM delivery d JOIN event e ON e.id = d.event_id
  WHERE d.uid = ANY($1::bigint[]) AND d.uid BETWEEN $2 AND $3 ORDER BY d.uid FOR UPDATE OF d`;
/** A place in an order is only needed, and only kept in its index, where there is one (ordering.ts). */
const REOPEN = `
  UPDATE delivery SET state = ${STATE.pending}, reason = NULL, owner = 0, run_base = attempts, resend = 1,
    due_at = $1::bigint, ended_at = NULL, resent_at = $1::bigint, spared = $2,
    lane_seq = CASE WHEN $3::int = 1 THEN coalesce(lane_seq, uid) ELSE lane_seq END
  WHERE uid = ANY($4::bigint[]) AND uid BETWEEN $5 AND $6`;
const HASTEN = 'UPDATE delivery SET due_at = $1::bigint, resent_at = $1::bigint, spared = $2 WHERE uid = $3';

export interface OrderedRow {
  uid: number;
  webhook_uid: number;
  event_id: number;
  event_type: number;
  state: number;
  owner: number;
  claim_no: number;
  attempts: number;
  accepted_at: number;
  ended_at: number | null;
  test: number;
  created_at: number;
}

/** Deliveries as nobody else changes them until the transaction's end, by uid. */
export async function lockDeliveries(tx: Transaction, uids: readonly number[]): Promise<OrderedRow[]> {
  if (uids.length === 0) return [];
  return tx.run<OrderedRow>(LOCK_ROWS, [numbers(uids), Math.min(...uids), Math.max(...uids)]);
}

/** One delivery sent again because somebody wants it so. */
export async function resend(tx: Transaction, { session, uid, by }: DeliveryOrder): Promise<ResendResult> {
  const [row] = await lockDeliveries(tx, [uid]);
  if (!row) return { kind: 'unknown' };
  if (row.test !== 0) return { kind: 'test' };
  const subscription = tx.subscriptions.get(row.webhook_uid);
  if (!subscription) return { kind: 'webhook-deleted' };
  if (isTooOld(row.created_at, subscription.maxAge, tx.now)) return { kind: 'too-old' };
  const ended = row.state >= OPEN_BELOW;
  if (ended) await reopen(tx, [row], subscription);
  else if (!tx.living.has(row.owner)) await tx.run(HASTEN, [tx.now, subscription.expiries, uid]);
  tx.window(session.id)?.spill(row.webhook_uid);
  // In its old place, before what another node goes on with.
  if (subscription.exclusive) tx.afterwards(() => tx.news.leftIn(row.webhook_uid));
  const after = ended ? 'pending' : stateOf(row);
  await writeAudit(
    tx,
    by,
    deliveryAudited('delivery.resent', { ...audited(row), before: stateOf(row), after }),
  );
  return { kind: 'resent', webhookUid: row.webhook_uid };
}

/** Begins a new run of locked rows of one webhook that have ended; the caller spills their lane. */
export async function reopen(
  tx: Transaction,
  rows: readonly OrderedRow[],
  { expiries, ordered }: Subscription,
): Promise<void> {
  if (rows.length === 0) return;
  const uids = rows.map(({ uid }) => uid);
  for (const row of rows) {
    const delivery = {
      uid: row.uid,
      webhookUid: row.webhook_uid,
      eventType: row.event_type,
      acceptedAt: row.accepted_at,
      test: false,
    };
    tx.tally.left(delivery, stateOf(row), row.ended_at);
    tx.tally.entered(delivery, 'pending', null);
  }
  const range = [numbers(uids), Math.min(...uids), Math.max(...uids)] as const;
  await tx.run(REOPEN, [tx.now, expiries, ordered ? 1 : 0, ...range]);
}

export async function cancel(tx: Transaction, { uid, by }: DeliveryOrder): Promise<CancelResult> {
  const [row] = await lockDeliveries(tx, [uid]);
  if (!row) return { kind: 'unknown' };
  if (row.test !== 0) return { kind: 'test' };
  if (row.state >= OPEN_BELOW) return { kind: 'ended' };
  endRows(tx, [row], () => ({ state: 'cancelled', reason: 'cancelled-by-user' }));
  tx.window(row.owner)?.drop(uid, row.claim_no);
  const entry = { ...audited(row), before: stateOf(row), after: 'cancelled' as const };
  await writeAudit(tx, by, deliveryAudited('delivery.cancelled', entry));
  return {
    kind: 'cancelled',
    webhookUid: row.webhook_uid,
    eventId: row.event_id,
    eventType: eventTypeName(row.event_type),
    acceptedAt: row.accepted_at,
  };
}

const stateOf = (row: OrderedRow) => STATES[row.state] ?? 'pending';
const audited = (row: OrderedRow) => ({
  uid: row.uid,
  webhookUid: row.webhook_uid,
  eventId: row.event_id,
  attempts: row.attempts,
});
