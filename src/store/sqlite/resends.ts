import { deliveryAudited } from '../../domain/audit.js';
import { OPEN_BELOW, STATE, STATES } from '../../domain/delivery.js';
import { eventTypeName } from '../../domain/event-types.js';
import { isTooOld } from '../../domain/freshness.js';
import type { CancelResult, DeliveryOrder, ResendResult } from '../store.js';
import type { AuditTrail } from './audit-trail.js';
import type { Connection } from './connection.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

const READ = `
  SELECT d.uid, d.webhook_uid, d.event_id, d.event_type, d.state, d.owner, d.claim_no, d.attempts,
    d.accepted_at, d.ended_at, d.test, e.created_at
  FROM delivery d CROSS JOIN event e ON e.id = d.event_id WHERE d.uid = ?`;
/** A place in an order is only needed, and only kept in its index, where there is one (ordering.ts). */
const REOPEN = `
  UPDATE delivery SET state = ${STATE.pending}, reason = NULL, owner = 0, run_base = attempts, resend = 1,
    due_at = @now, ended_at = NULL, resent_at = @now, spared = @expiries,
    lane_seq = CASE WHEN @ordered THEN coalesce(lane_seq, uid) ELSE lane_seq END
  WHERE uid = @uid`;
const HASTEN = 'UPDATE delivery SET due_at = @now, resent_at = @now, spared = @expiries WHERE uid = @uid';
const CANCEL = `
  UPDATE delivery SET state = ${STATE.cancelled}, reason = 'cancelled-by-user', owner = 0, ended_at = ?
  WHERE uid = ?`;

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

/** One delivery sent again, or ended, because somebody wants it so. */
export class Resends {
  readonly #trail: AuditTrail;
  readonly #read;
  readonly #reopen;
  readonly #hasten;
  readonly #cancel;

  constructor(database: Connection, trail: AuditTrail) {
    this.#trail = trail;
    this.#read = database.prepare<[number], OrderedRow>(READ);
    this.#reopen = database.prepare<[object]>(REOPEN);
    this.#hasten = database.prepare<[object]>(HASTEN);
    this.#cancel = database.prepare<[number, number]>(CANCEL);
  }

  read(uid: number): OrderedRow | undefined {
    return this.#read.get(uid);
  }

  resend(tx: Transaction, { session, uid, by }: DeliveryOrder): ResendResult {
    const row = this.#read.get(uid);
    if (!row) return { kind: 'unknown' };
    if (row.test !== 0) return { kind: 'test' };
    const subscription = tx.subscriptions.get(row.webhook_uid);
    if (!subscription) return { kind: 'webhook-deleted' };
    if (isTooOld(row.created_at, subscription.maxAge, tx.now)) return { kind: 'too-old' };
    if (row.state >= OPEN_BELOW) this.reopen(tx, row, subscription);
    else if (!tx.window(row.owner)) this.#hasten.run({ uid, now: tx.now, expiries: subscription.expiries });
    tx.window(session.id)?.spill(row.webhook_uid);
    const after = row.state >= OPEN_BELOW ? 'pending' : stateOf(row);
    this.#trail.write(
      tx.now,
      by,
      deliveryAudited('delivery.resent', { ...audited(row), before: stateOf(row), after }),
    );
    return { kind: 'resent', webhookUid: row.webhook_uid };
  }

  /** Begins a new run of an ended row; the caller spills its lane. */
  reopen(tx: Transaction, row: OrderedRow, { expiries, ordered }: Subscription): void {
    this.#reopen.run({ uid: row.uid, now: tx.now, expiries, ordered: ordered ? 1 : 0 });
    const delivery = counted(row);
    tx.tally.left(delivery, stateOf(row), row.ended_at);
    tx.tally.entered(delivery, 'pending', null);
  }

  cancel(tx: Transaction, { uid, by }: DeliveryOrder): CancelResult {
    const row = this.#read.get(uid);
    if (!row) return { kind: 'unknown' };
    if (row.test !== 0) return { kind: 'test' };
    if (row.state >= OPEN_BELOW) return { kind: 'ended' };
    this.#cancel.run(tx.now, uid);
    tx.window(row.owner)?.drop(uid, row.claim_no);
    const delivery = counted(row);
    tx.tally.left(delivery, stateOf(row));
    tx.tally.entered(delivery, 'cancelled', tx.now);
    this.#trail.write(
      tx.now,
      by,
      deliveryAudited('delivery.cancelled', { ...audited(row), before: stateOf(row), after: 'cancelled' }),
    );
    return {
      kind: 'cancelled',
      webhookUid: row.webhook_uid,
      eventId: row.event_id,
      eventType: eventTypeName(row.event_type),
      acceptedAt: row.accepted_at,
    };
  }
}

const stateOf = (row: OrderedRow) => STATES[row.state] ?? 'pending';
const audited = (row: OrderedRow) => ({
  uid: row.uid,
  webhookUid: row.webhook_uid,
  eventId: row.event_id,
  attempts: row.attempts,
});
const counted = (row: OrderedRow) => ({
  uid: row.uid,
  webhookUid: row.webhook_uid,
  eventType: row.event_type,
  acceptedAt: row.accepted_at,
  test: false,
});
