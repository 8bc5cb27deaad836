import { isTooOld } from '../../domain/freshness.js';
import { wasHeldTooLong } from '../../domain/held.js';
import { EXPIRED_AT_ONCE } from '../at-once.js';
import { dueIn, horizon } from '../due.js';
import type { ClaimResult, HeldDelivery, Session } from '../store.js';
import type { WindowChange } from '../window.js';
import { CLAIM_COLUMNS, type ClaimRow, toHeld } from './claim-row.js';
import type { Connection } from './connection.js';
import type { Expiry, ExpiryReason } from './expiry.js';
import type { Ordering } from './ordering.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

/**
 * Rows of dead sessions need no freeing: they are not this session's. `INDEXED BY` and the written-out
 * `state < 2` keep the planner on the index and in its order; without them it sorted the whole backlog.
 * What the session holds already is passed over, which its window bounds.
 */
const claimable = (due: string) => `
  SELECT ${CLAIM_COLUMNS}
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

/** Rows of one lane in a claim, which takes 4 to 5 µs each in one turn. */
const CLAIM_AT_ONCE = 512;
const NOTHING: ClaimResult = { deliveries: [], more: false, nextDueMs: null, again: false };

/** What one claim takes and ends, decided before anything is written. */
interface Picked {
  taken: { row: ClaimRow; bytes: number }[];
  expired: { row: ClaimRow; reason: ExpiryReason }[];
  /** Something that could have been taken was left. */
  more: boolean;
}

export class Claims {
  readonly #ordering: Ordering;
  readonly #expiry: Expiry;
  readonly #claimDue;
  readonly #claimJumped;
  readonly #nextDue;
  readonly #hold;

  constructor(database: Connection, ordering: Ordering, expiry: Expiry) {
    this.#ordering = ordering;
    this.#expiry = expiry;
    this.#claimDue = database.prepare<[number, number, number, number], ClaimRow>(CLAIM_DUE);
    this.#claimJumped = database.prepare<[number, number, number, number], ClaimRow>(CLAIM_JUMPED);
    this.#nextDue = database.prepare<[number, number, number], { due_at: number }>(NEXT_DUE);
    this.#hold = database.prepare<[number, number, number]>(HOLD);
  }

  claim(tx: Transaction, request: { session: Session; webhookUid: number; limit: number }): ClaimResult {
    const { session, webhookUid } = request;
    const hands = windowOf(tx, session);
    const subscription = tx.subscriptions.get(webhookUid);
    // A held lane stays spilled: what waits there goes first when it opens.
    if (!subscription?.active) return NOTHING;
    if (subscription.ordered) return this.#claimOrdered(tx, hands, session, subscription, request.limit);

    const limit = Math.min(request.limit, CLAIM_AT_ONCE, hands.window.room(webhookUid));
    const rows = this.#due(tx.now, webhookUid, session.id, limit + 1 + EXPIRED_AT_ONCE);
    const picked = pick(tx, hands, subscription, rows, limit);
    const deliveries = this.#take(tx, hands, session, webhookUid, picked);
    const { more } = picked;
    const again = picked.expired.length > 0;
    if (more) return { deliveries, more, nextDueMs: 0, again };
    hands.unspill(webhookUid);
    const next = this.#nextDue.get(webhookUid, tx.now, session.id);
    return { deliveries, more, nextDueMs: next ? dueIn(tx.now, next.due_at) : null, again: false };
  }

  claimProbe(
    tx: Transaction,
    { session, webhookUid }: { session: Session; webhookUid: number },
  ): { delivery: HeldDelivery | null; again: boolean } {
    const hands = windowOf(tx, session);
    const subscription = tx.subscriptions.get(webhookUid);
    if (!subscription?.enabled || subscription.active) return { delivery: null, again: false };
    if (subscription.ordered && this.#ordering.place(tx, subscription))
      return { delivery: null, again: true };
    const most = 1 + EXPIRED_AT_ONCE;
    const rows = subscription.ordered
      ? foreign(this.#ordering.open(webhookUid, most), session)
      : this.#claimDue.iterate(webhookUid, Number.MAX_SAFE_INTEGER, session.id, most);
    const picked = pick(tx, hands, subscription, rows, 1);
    const [delivery = null] = this.#take(tx, hands, session, webhookUid, picked);
    return { delivery, again: delivery === null && picked.expired.length > 0 };
  }

  #claimOrdered(
    tx: Transaction,
    hands: WindowChange,
    session: Session,
    subscription: Subscription,
    wanted: number,
  ): ClaimResult {
    const { webhookUid } = subscription;
    if (this.#ordering.place(tx, subscription)) return { ...NOTHING, more: true, again: true };
    const limit = Math.min(wanted, hands.window.room(webhookUid), this.#ordering.window);
    const next: { dueInMs: number | null; mine: boolean } = { dueInMs: null, mine: false };
    const rows = this.#ordering.firstDue(webhookUid, tx.now, session, limit + 1 + EXPIRED_AT_ONCE, next);
    const picked = pick(tx, hands, subscription, rows, limit);
    const deliveries = this.#take(tx, hands, session, webhookUid, picked);
    const again = picked.expired.length > 0 && deliveries.length === 0;
    if (picked.more) return { deliveries, more: true, nextDueMs: 0, again };
    // Behind one that is not due, and behind what is in hand, fresh rows must queue in the store.
    if (next.mine || next.dueInMs !== null)
      return { deliveries, more: next.mine, nextDueMs: next.dueInMs, again };
    hands.unspill(webhookUid);
    return { deliveries, more: false, nextDueMs: null, again: false };
  }

  #take(
    tx: Transaction,
    hands: WindowChange,
    session: Session,
    webhookUid: number,
    { taken, expired }: Picked,
  ): HeldDelivery[] {
    for (const { row, reason } of expired) this.#expiry.end(tx, webhookUid, row, reason);
    return taken.map(({ row, bytes }) => {
      const held = toHeld(row, webhookUid);
      this.#hold.run(session.id, held.claimNo, held.uid);
      hands.hold(held.uid, { webhookUid, claimNo: held.claimNo, bytes });
      return held;
    });
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

/** Row by row, so that no more data is read than fits. */
function pick(
  tx: Transaction,
  { window }: WindowChange,
  subscription: Subscription,
  rows: Iterable<ClaimRow>,
  limit: number,
): Picked {
  const { webhookUid } = subscription;
  const picked: Picked = { taken: [], expired: [], more: false };
  let bytes = 0;
  for (const row of rows) {
    const reason = expiryOf(tx, subscription, row);
    if (reason) {
      picked.expired.push({ row, reason });
      picked.more = picked.expired.length >= EXPIRED_AT_ONCE;
      if (picked.more) break;
      continue;
    }
    const size = Buffer.byteLength(row.data);
    const alone = picked.taken.length === 0 && window.heldIn(webhookUid) === 0;
    picked.more =
      picked.taken.length >= limit ||
      !(alone || window.fits(webhookUid, picked.taken.length + 1, bytes + size));
    if (picked.more) break;
    picked.taken.push({ row, bytes: size });
    bytes += size;
  }
  return picked;
}

/** Why it must not be attempted; null: it may. */
function expiryOf(tx: Transaction, subscription: Subscription, row: ClaimRow): ExpiryReason | null {
  if (isTooOld(row.created_at, subscription.maxAge, tx.now)) return 'too-old';
  const { uid, accepted_at: acceptedAt, resent_at: resentAt, spared } = row;
  return wasHeldTooLong({ uid, acceptedAt, resentAt, spared }, subscription) ? 'held-too-long' : null;
}

function windowOf(tx: Transaction, session: Session): WindowChange {
  const hands = tx.window(session.id);
  if (!hands) throw new Error(`session ${session.id} has ended`);
  return hands;
}

/** The first open row, unless the session holds it already. */
function* foreign(rows: Iterable<ClaimRow>, session: Session): Generator<ClaimRow> {
  for (const row of rows) {
    if (row.owner === session.id) return;
    yield row;
  }
}
