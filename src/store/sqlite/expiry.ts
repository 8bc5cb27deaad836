import { STATE, STATES } from '../../domain/delivery.js';
import type { Connection } from './connection.js';
import type { Transaction } from './transaction.js';

const EXPIRE = `
  UPDATE delivery SET state = ${STATE.expired}, reason = ?, owner = 0, ended_at = ? WHERE uid = ?`;
const HELD = `
  SELECT uid, webhook_uid, event_type, state, accepted_at FROM delivery
  WHERE uid = ? AND owner = ? AND claim_no = ? AND state < 2`;

export type ExpiryReason = 'too-old' | 'held-too-long';

/** An open row. */
export interface ExpiringRow {
  uid: number;
  event_type: number;
  state: number;
  accepted_at: number;
}

/** Ends what is older than its webhook sends, or was held too long. */
export class Expiry {
  readonly #expire;
  readonly #held;

  constructor(database: Connection) {
    this.#expire = database.prepare<[string, number, number]>(EXPIRE);
    this.#held = database.prepare<[number, number, number], ExpiringRow & { webhook_uid: number }>(HELD);
  }

  /** What a session holds and is too old, before it would be attempted. */
  endHeld(tx: Transaction, sessionId: number, rows: readonly { uid: number; claimNo: number }[]): void {
    const hands = tx.window(sessionId);
    for (const { uid, claimNo } of rows) {
      hands?.drop(uid, claimNo);
      const row = this.#held.get(uid, sessionId, claimNo);
      if (row) this.end(tx, row.webhook_uid, row, 'too-old');
    }
  }

  end(tx: Transaction, webhookUid: number, row: ExpiringRow, reason: ExpiryReason): void {
    this.#expire.run(reason, tx.now, row.uid);
    const delivery = {
      uid: row.uid,
      webhookUid,
      eventType: row.event_type,
      acceptedAt: row.accepted_at,
      test: false,
    };
    tx.tally.left(delivery, STATES[row.state] ?? 'pending');
    tx.tally.entered(delivery, 'expired', tx.now);
  }
}
