import { ORDERED_WINDOW, PLACED_AT_ONCE } from '../at-once.js';
import { dueIn } from '../due.js';
import type { Session } from '../store.js';
import { CLAIM_COLUMNS, type ClaimRow } from './claim-row.js';
import type { Connection } from './connection.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

export const ORDERED = `
  SELECT ${CLAIM_COLUMNS}
  FROM delivery d INDEXED BY delivery_ordered CROSS JOIN event e ON e.id = d.event_id
  WHERE d.webhook_uid = ? AND d.state < 2 AND d.lane_seq IS NOT NULL
  ORDER BY d.lane_seq LIMIT ?`;
export const HEAD = `
  SELECT due_at, owner FROM delivery INDEXED BY delivery_ordered
  WHERE webhook_uid = ? AND state < 2 AND lane_seq IS NOT NULL ORDER BY lane_seq LIMIT 1`;
/** A test has no place: it is never owed. */
export const UNPLACED = `
  SELECT uid, due_at FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND (due_at, uid) > (?, ?) AND lane_seq IS NULL AND test = 0
  ORDER BY due_at, uid LIMIT ${PLACED_AT_ONCE}`;
/** Consecutive in each lane: a fresh row is known to follow the one before it. */
export const NEXT_SEQ = 'UPDATE lane SET last_seq = last_seq + 1 WHERE webhook_uid = ? RETURNING last_seq';
const PLACE = 'UPDATE delivery SET lane_seq = uid WHERE uid = ?';
const ALL_PLACED = 'UPDATE lane SET unplaced = 0 WHERE webhook_uid = ?';
/** From here on places lie behind every uid that there is. */
const BECOME_ORDERED = `
  UPDATE lane SET unplaced = 1,
    last_seq = max(last_seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'delivery'), 0))
  WHERE webhook_uid = ?`;

/**
 * The order of a lane is `lane_seq`, taken when a delivery is accepted. What was open when its webhook became
 * ordered gets its uid for a place, in small groups and before anything else is claimed: uids have the order
 * of acceptance, places given out later are greater, and those of an earlier ordered time are smaller, since
 * a place is never greater than the uid of its row.
 */
export class Ordering {
  readonly window = ORDERED_WINDOW;
  readonly #ordered;
  readonly #head;
  readonly #unplaced;
  readonly #place;
  readonly #allPlaced;
  readonly #becomeOrdered;

  constructor(database: Connection) {
    this.#ordered = database.prepare<[number, number], ClaimRow>(ORDERED);
    this.#head = database.prepare<[number], { due_at: number; owner: number }>(HEAD);
    this.#unplaced = database.prepare<[number, number, number], { uid: number; due_at: number }>(UNPLACED);
    this.#place = database.prepare<[number]>(PLACE);
    this.#allPlaced = database.prepare<[number]>(ALL_PLACED);
    this.#becomeOrdered = database.prepare<[number]>(BECOME_ORDERED);
  }

  becomeOrdered(webhookUid: number): void {
    this.#becomeOrdered.run(webhookUid);
  }

  head(webhookUid: number): { due_at: number; owner: number } | undefined {
    return this.#head.get(webhookUid);
  }

  /** Open rows by place, whoever holds them. */
  open(webhookUid: number, limit: number): Iterable<ClaimRow> {
    return this.#ordered.iterate(webhookUid, limit);
  }

  /** The first open rows, as far as they are due and nobody in this session holds one; `next` says what stopped it. */
  *firstDue(
    webhookUid: number,
    now: number,
    session: Session,
    limit: number,
    next: { dueInMs: number | null; mine: boolean },
  ): Generator<ClaimRow> {
    for (const row of this.#ordered.iterate(webhookUid, limit)) {
      next.mine = row.owner === session.id;
      if (next.mine) return;
      const dueInMs = dueIn(now, row.due_at);
      if (dueInMs > 0) {
        next.dueInMs = dueInMs;
        return;
      }
      yield row;
    }
  }

  /** Gives a group of rows their places; false when there was none left without. */
  place(tx: Transaction, subscription: Subscription): boolean {
    const { webhookUid } = subscription;
    // Once all are placed, one without a place can only have come back from its end: it waits for the others.
    if (!subscription.unplaced && this.#head.get(webhookUid)) return false;
    const { placedTo } = subscription;
    const rows = this.#unplaced.all(webhookUid, placedTo?.due_at ?? -1, placedTo?.uid ?? 0);
    for (const { uid } of rows) this.#place.run(uid);
    const all = rows.length < PLACED_AT_ONCE;
    tx.mark(subscription, { placedTo: all ? null : (rows.at(-1) ?? null) });
    if (all && subscription.unplaced) {
      this.#allPlaced.run(webhookUid);
      tx.mark(subscription, { unplaced: false });
    }
    return rows.length > 0;
  }
}
