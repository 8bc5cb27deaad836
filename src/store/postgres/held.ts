import { wasHeldTooLong } from '../../domain/held.js';
import { endRows, type OpenRow } from './expiry.js';
import { numbers } from './literal.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

/** What `lane.unswept` says: rows by age, which lie first; or rows by uid, which may lie anywhere. */
const UNSWEPT = { no: 0, byAge: 1, all: 2 } as const;

const LOCK_UNSWEPT = 'SELECT unswept FROM lane WHERE webhook_uid = $1 FOR UPDATE';
const SWEPT = `UPDATE lane SET unswept = ${UNSWEPT.no} WHERE webhook_uid = $1`;
const COLUMNS = 'uid, webhook_uid, event_type, state, accepted_at, test, resent_at, spared, due_at';
/** Nothing is due before it was accepted or resent: what is old lies first in the index. */
const OLD_ROWS = `
  SELECT ${COLUMNS} FROM delivery
  WHERE webhook_uid = $1 AND state < 2 AND due_at <= $2 AND test = 0 AND NOT owner = ANY($3::bigint[])
    AND coalesce(resent_at, accepted_at) <= $2
  ORDER BY due_at, uid LIMIT $4 FOR UPDATE SKIP LOCKED`;
const OPEN_ROWS = `
  SELECT ${COLUMNS} FROM delivery
  WHERE webhook_uid = $1 AND state < 2 AND (due_at, uid) > ($2, $3) AND test = 0 AND NOT owner = ANY($4::bigint[])
  ORDER BY due_at, uid LIMIT $5 FOR UPDATE`;

interface HeldRow extends OpenRow {
  resent_at: number | null;
  spared: number;
  due_at: number;
}

/**
 * What a disabled webhook holds too long. While it is disabled, age alone says so; enabling it leaves marks in
 * its lane, by which every later claim ends what it would have taken. Ending the rest is the sweep's.
 */
export class HeldSweep {
  readonly #heldMs: number;
  /** How far the sweep of everything has come; what is forgotten is looked at again. */
  readonly #sweptTo = new Map<number, HeldRow>();

  constructor(heldMs: number) {
    this.#heldMs = heldMs;
  }

  /** Looks at `limit` rows at most. */
  async sweep(tx: Transaction, limit: number): Promise<{ ended: number; more: boolean }> {
    const living = numbers([...tx.living]);
    let left = limit;
    let ended = 0;
    for (const subscription of tx.subscriptions.all()) {
      const { webhookUid, enabled, expiredUntil } = subscription;
      // The row of the lane says whether it was swept since the subscription was read.
      const unswept = subscription.unswept === UNSWEPT.no ? UNSWEPT.no : await lockUnswept(tx, webhookUid);
      if (enabled && unswept === UNSWEPT.no) continue;
      const until = enabled ? expiredUntil : Math.max(expiredUntil, tx.now - this.#heldMs);
      const old = await tx.run<HeldRow>(OLD_ROWS, [webhookUid, until, living, left]);
      endRows(tx, old, heldTooLong);
      ended += old.length;
      left -= old.length;
      if (left > 0 && unswept === UNSWEPT.all) {
        const walked = await this.#walk(tx, subscription, living, left);
        ended += walked.ended;
        left -= walked.looked;
      }
      if (left <= 0) return { ended, more: true };
      if (unswept !== UNSWEPT.no) await tx.run(SWEPT, [webhookUid]);
    }
    return { ended, more: false };
  }

  async #walk(
    tx: Transaction,
    subscription: Subscription,
    living: string,
    limit: number,
  ): Promise<{ ended: number; looked: number }> {
    const { webhookUid } = subscription;
    const from = this.#sweptTo.get(webhookUid);
    this.#sweptTo.delete(webhookUid);
    const place = [from?.due_at ?? -1, from?.uid ?? 0] as const;
    const rows = await tx.run<HeldRow>(OPEN_ROWS, [webhookUid, ...place, living, limit]);
    const expired = rows.filter((row) =>
      wasHeldTooLong(
        { uid: row.uid, acceptedAt: row.accepted_at, resentAt: row.resent_at, spared: row.spared },
        subscription,
      ),
    );
    endRows(tx, expired, heldTooLong);
    const last = rows.at(-1);
    if (rows.length >= limit && last) tx.afterwards(() => this.#sweptTo.set(webhookUid, last));
    return { ended: expired.length, looked: rows.length };
  }
}

async function lockUnswept(tx: Transaction, webhookUid: number): Promise<number> {
  const [row] = await tx.run<{ unswept: number }>(LOCK_UNSWEPT, [webhookUid]);
  return row?.unswept ?? UNSWEPT.no;
}

const heldTooLong = () => ({ state: 'expired' as const, reason: 'held-too-long' });
