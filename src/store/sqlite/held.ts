import { wasHeldTooLong } from '../../domain/held.js';
import type { HeldChoice } from '../../domain/webhook.js';
import type { Connection } from './connection.js';
import type { ExpiringRow, Expiry } from './expiry.js';
import type { Subscription } from './subscriptions.js';
import type { LivingSession, Transaction } from './transaction.js';

/** What `lane.unswept` says: rows by age, which lie first; or rows by uid, which may lie anywhere. */
export const UNSWEPT = { no: 0, byAge: 1, all: 2 } as const;

const ENABLED = `
  UPDATE lane SET expired_until = max(expired_until, ?), unswept = max(unswept, ${UNSWEPT.byAge})
  WHERE webhook_uid = ?`;
const ENABLED_EMPTY = `
  UPDATE lane SET expiries = expiries + 1, unswept = ${UNSWEPT.all},
    expired_uid = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'delivery'), 0)
  WHERE webhook_uid = ?`;
const SWEPT = `UPDATE lane SET unswept = ${UNSWEPT.no} WHERE webhook_uid = ?`;
const COLUMNS = 'uid, event_type, state, accepted_at, resent_at, spared, due_at';
/** Nothing is due before it was accepted or resent: what is old lies first in the index. */
export const OLD_ROWS = `
  SELECT ${COLUMNS} FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND due_at <= ? AND owner <> ? AND test = 0
    AND coalesce(resent_at, accepted_at) <= ?
  ORDER BY due_at, uid LIMIT ?`;
export const OPEN_ROWS = `
  SELECT ${COLUMNS} FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND (due_at, uid) > (?, ?) AND owner <> ? AND test = 0
  ORDER BY due_at, uid LIMIT ?`;

/** No row has this owner; 0 is a row that nobody holds. */
const NOBODY = -1;

interface HeldRow extends ExpiringRow {
  resent_at: number | null;
  spared: number;
  due_at: number;
}

/**
 * What a disabled webhook holds too long. While it is disabled, age alone says so; enabling it leaves marks in
 * its lane, by which every later claim ends what it would have taken. Ending the rest is the sweep's.
 */
export class Held {
  readonly #heldMs: number;
  readonly #expiry: Expiry;
  readonly #enabled;
  readonly #enabledEmpty;
  readonly #swept;
  readonly #oldRows;
  readonly #openRows;

  constructor(database: Connection, expiry: Expiry, heldMs: number) {
    this.#heldMs = heldMs;
    this.#expiry = expiry;
    this.#enabled = database.prepare<[number, number]>(ENABLED);
    this.#enabledEmpty = database.prepare<[number]>(ENABLED_EMPTY);
    this.#swept = database.prepare<[number]>(SWEPT);
    this.#oldRows = database.prepare<[number, number, number, number, number], HeldRow>(OLD_ROWS);
    this.#openRows = database.prepare<[number, number, number, number, number], HeldRow>(OPEN_ROWS);
  }

  /** The caller moves the generation. */
  enabled(webhookUid: number, choice: HeldChoice, now: number): void {
    this.#enabled.run(now - this.#heldMs, webhookUid);
    if (choice === 'expire') this.#enabledEmpty.run(webhookUid);
  }

  /** Looks at `limit` rows at most. */
  sweep(
    tx: Transaction,
    sessions: ReadonlyMap<number, LivingSession>,
    limit: number,
  ): { ended: number; more: boolean } {
    const [living = NOBODY] = sessions.keys();
    let left = limit;
    let ended = 0;
    for (const subscription of tx.subscriptions.all()) {
      const { webhookUid, enabled, unswept, expiredUntil } = subscription;
      if (enabled && unswept === UNSWEPT.no) continue;
      const until = enabled ? expiredUntil : Math.max(expiredUntil, tx.now - this.#heldMs);
      const old = this.#oldRows.all(webhookUid, until, living, until, left);
      for (const row of old) this.#expiry.end(tx, webhookUid, row, 'held-too-long');
      ended += old.length;
      left -= old.length;
      if (left > 0 && unswept === UNSWEPT.all) {
        const walked = this.#walk(tx, subscription, living, left);
        ended += walked.ended;
        left -= walked.looked;
      }
      if (left <= 0) return { ended, more: true };
      if (unswept === UNSWEPT.no) continue;
      this.#swept.run(webhookUid);
      tx.mark(subscription, { unswept: UNSWEPT.no });
    }
    return { ended, more: false };
  }

  #walk(
    tx: Transaction,
    subscription: Subscription,
    living: number,
    limit: number,
  ): { ended: number; looked: number } {
    const { webhookUid, sweptTo } = subscription;
    const rows = this.#openRows.all(webhookUid, sweptTo?.due_at ?? -1, sweptTo?.uid ?? 0, living, limit);
    const expired = rows.filter((row) =>
      wasHeldTooLong(
        { uid: row.uid, acceptedAt: row.accepted_at, resentAt: row.resent_at, spared: row.spared },
        subscription,
      ),
    );
    for (const row of expired) this.#expiry.end(tx, webhookUid, row, 'held-too-long');
    tx.mark(subscription, { sweptTo: rows.length < limit ? null : (rows.at(-1) ?? null) });
    return { ended: expired.length, looked: rows.length };
  }
}
