import { eventTypeName } from '../../domain/event-types.js';
import { dueIn, horizon } from '../due.js';
import type { ClaimResult, HeldDelivery, Session } from '../store.js';
import type { Connection } from './connection.js';
import type { Transaction } from './transaction.js';

/**
 * Rows of dead sessions need no freeing: they are not this session's. `INDEXED BY` and the written-out
 * `state < 2` keep the planner on the index and in its order; without them it sorted the whole backlog.
 * What the session holds already is passed over, which its window bounds.
 */
const claimable = (due: string) => `
  SELECT d.uid, d.claim_no, d.attempts, d.run_base, d.resend, d.accepted_at, d.due_at, d.event_id, d.event_type,
    e.created_at, e.data
  FROM delivery d INDEXED BY delivery_open CROSS JOIN event e ON e.id = d.event_id
  WHERE d.webhook_uid = ? AND d.state < 2 AND d.due_at ${due} ? AND d.owner <> ?
  ORDER BY d.due_at, d.uid LIMIT ?`;
export const CLAIM_DUE = claimable('<=');
/** Due further away than any delay: the clock was set back. */
export const CLAIM_JUMPED = claimable('>');
export const NEXT_DUE = `
  SELECT due_at FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND due_at > ? AND owner <> ?
  ORDER BY due_at, uid LIMIT 1`;
export const HOLD = 'UPDATE delivery SET owner = ?, claim_no = ? WHERE uid = ?';

interface ClaimRow {
  uid: number;
  claim_no: number;
  attempts: number;
  run_base: number;
  resend: number;
  accepted_at: number;
  due_at: number;
  event_id: number;
  event_type: number;
  created_at: number;
  data: string;
}

export class Claims {
  readonly #claimDue;
  readonly #claimJumped;
  readonly #nextDue;
  readonly #hold;

  constructor(database: Connection) {
    this.#claimDue = database.prepare<[number, number, number, number], ClaimRow>(CLAIM_DUE);
    this.#claimJumped = database.prepare<[number, number, number, number], ClaimRow>(CLAIM_JUMPED);
    this.#nextDue = database.prepare<[number, number, number], { due_at: number }>(NEXT_DUE);
    this.#hold = database.prepare<[number, number, number]>(HOLD);
  }

  claim(tx: Transaction, request: { session: Session; webhookUid: number; limit: number }): ClaimResult {
    const { session, webhookUid } = request;
    const hands = tx.window(session.id);
    if (!hands) throw new Error(`session ${session.id} has ended`);
    // A held lane stays spilled: what waits there goes first when it opens.
    if (!tx.subscriptions.get(webhookUid)?.active) return { deliveries: [], more: false, nextDueMs: null };

    const limit = Math.min(request.limit, hands.window.room(webhookUid));
    const taken: { row: ClaimRow; bytes: number }[] = [];
    let bytes = 0;
    let more = false;
    // Row by row, so that no more data is read than fits.
    for (const row of this.#due(tx.now, webhookUid, session.id, limit + 1)) {
      const size = Buffer.byteLength(row.data);
      const alone = taken.length === 0 && hands.window.heldIn(webhookUid) === 0;
      more = taken.length >= limit || !(alone || hands.window.fits(bytes + size));
      if (more) break;
      taken.push({ row, bytes: size });
      bytes += size;
    }

    const deliveries = taken.map(({ row, bytes: size }) => {
      const held = toHeld(row, webhookUid);
      this.#hold.run(session.id, held.claimNo, held.uid);
      hands.hold(held.uid, { webhookUid, claimNo: held.claimNo, bytes: size });
      return held;
    });
    if (more) return { deliveries, more, nextDueMs: 0 };
    hands.unspill(webhookUid);
    const next = this.#nextDue.get(webhookUid, tx.now, session.id);
    return { deliveries, more, nextDueMs: next ? dueIn(tx.now, next.due_at) : null };
  }

  *#due(now: number, webhookUid: number, owner: number, limit: number): Generator<ClaimRow> {
    let count = 0;
    for (const row of this.#claimDue.iterate(webhookUid, now, owner, limit)) {
      count += 1;
      yield row;
    }
    if (count >= limit) return;
    yield* this.#claimJumped.iterate(webhookUid, horizon(now), owner, limit - count);
  }
}

function toHeld(row: ClaimRow, webhookUid: number): HeldDelivery {
  return {
    uid: row.uid,
    webhookUid,
    claimNo: row.claim_no + 1,
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
  };
}
