import { PLACED_AT_ONCE } from '../at-once.js';
import type { Transaction } from './transaction.js';

const ANY_PLACED = `
  SELECT 1 FROM delivery WHERE webhook_uid = $1 AND state < 2 AND lane_seq IS NOT NULL LIMIT 1`;
/** A test has no place: it is never owed. */
const PLACE = `
  WITH found AS (
    SELECT uid, due_at FROM delivery
    WHERE webhook_uid = $1 AND state < 2 AND (due_at, uid) > ($2, $3) AND lane_seq IS NULL AND test = 0
    ORDER BY due_at, uid LIMIT ${PLACED_AT_ONCE}
  ), placed AS (
    UPDATE delivery d SET lane_seq = d.uid FROM found WHERE d.uid = found.uid RETURNING found.due_at, d.uid
  )
  SELECT due_at, uid FROM placed ORDER BY due_at, uid`;
const ALL_PLACED = 'UPDATE lane SET unplaced = 0 WHERE webhook_uid = $1';
/** From here on places lie behind every uid that there is: nobody accepts anything meanwhile. */
const BECOME_ORDERED = `
  UPDATE lane SET unplaced = 1, last_seq = greatest(last_seq,
    (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM delivery_uid_seq))
  WHERE webhook_uid = $1`;

/**
 * In a transaction that has the lock of acceptance alone (`TransactionOptions`), after which the generation
 * moves: every row accepted without a place is there, and none follows.
 */
export async function becomeOrdered(tx: Transaction, webhookUid: number): Promise<void> {
  await tx.run(BECOME_ORDERED, [webhookUid]);
}

/**
 * The order of a lane is `lane_seq`, taken when a delivery is accepted. What was open when its webhook became
 * ordered gets its uid for a place, in small groups and before anything else is claimed: uids have the order
 * of acceptance, places given out later are greater, and those of an earlier ordered time are smaller, since
 * a place is never greater than the uid of its row.
 */
export class Ordering {
  /** How far giving places has come; what is forgotten is looked at again. */
  readonly #placedTo = new Map<number, { due_at: number; uid: number }>();

  /** Gives a group of rows of a lane that this transaction has locked their places; false: none was without. */
  async place(tx: Transaction, webhookUid: number, unplaced: boolean): Promise<boolean> {
    // Once all are placed, one without a place can only have come back from its end: it waits for the others.
    if (!unplaced) {
      const [placed] = await tx.run<object>(ANY_PLACED, [webhookUid]);
      if (placed) return false;
    }
    const from = this.#placedTo.get(webhookUid);
    this.#placedTo.delete(webhookUid);
    const rows = await tx.run<{ due_at: number; uid: number }>(PLACE, [
      webhookUid,
      from?.due_at ?? -1,
      from?.uid ?? 0,
    ]);
    const last = rows.at(-1);
    if (rows.length >= PLACED_AT_ONCE && last) tx.afterwards(() => this.#placedTo.set(webhookUid, last));
    else if (unplaced) await tx.run(ALL_PLACED, [webhookUid]);
    return rows.length > 0;
  }
}
