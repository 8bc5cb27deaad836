import { STATE, STATES } from '../../domain/delivery.js';
import { numbers, texts } from './literal.js';
import type { Transaction } from './transaction.js';

/** Without the claim that held it: whoever calls this has the rows locked. */
const END = `
  UPDATE delivery d SET state = o.state, reason = o.reason, owner = 0, ended_at = $1
  FROM unnest($2::bigint[], $3::int[], $4::text[]) AS o (uid, state, reason)
  WHERE d.uid = o.uid AND d.uid BETWEEN $5 AND $6`;
/** Session and claim still hold them. */
const LOCK_HELD = `
  SELECT d.uid, d.webhook_uid, d.event_type, d.state, d.accepted_at, d.test
  FROM unnest($1::bigint[], $2::bigint[]) AS h (uid, claim_no)
  JOIN delivery d ON d.uid = h.uid AND d.claim_no = h.claim_no
  WHERE d.owner = $3 AND d.state < 2 AND d.uid BETWEEN $4 AND $5
  ORDER BY d.uid FOR UPDATE OF d`;

export type ExpiryReason = 'too-old' | 'held-too-long';
export type EndedAs = { state: 'expired' | 'cancelled'; reason: string };

/** An open row, as far as its end goes by it. */
export interface OpenRow {
  uid: number;
  webhook_uid: number;
  event_type: number;
  state: number;
  accepted_at: number;
  test: number;
}

/** Ends open rows that the transaction has locked, without an attempt. */
export function endRows(tx: Transaction, rows: readonly OpenRow[], as: (row: OpenRow) => EndedAs): void {
  if (rows.length === 0) return;
  const ends = rows.map(as);
  for (const [index, row] of rows.entries()) {
    const delivery = {
      uid: row.uid,
      webhookUid: row.webhook_uid,
      eventType: row.event_type,
      acceptedAt: row.accepted_at,
      test: row.test !== 0,
    };
    tx.tally.left(delivery, STATES[row.state] ?? 'pending');
    tx.tally.entered(delivery, ends[index]?.state ?? 'cancelled', tx.now);
  }
  const uids = rows.map((row) => row.uid);
  tx.write(END, [
    tx.now,
    numbers(uids),
    numbers(ends.map(({ state }) => STATE[state])),
    texts(ends.map(({ reason }) => reason)),
    Math.min(...uids),
    Math.max(...uids),
  ]);
}

/** The rows that a session holds by these claims, locked; they leave its hands. */
export async function lockHeld(
  tx: Transaction,
  sessionId: number,
  rows: readonly { uid: number; claimNo: number }[],
): Promise<OpenRow[]> {
  if (rows.length === 0) return [];
  const hands = tx.window(sessionId);
  for (const { uid, claimNo } of rows) hands?.drop(uid, claimNo);
  const uids = rows.map((row) => row.uid);
  return tx.run<OpenRow>(LOCK_HELD, [
    numbers(uids),
    numbers(rows.map((row) => row.claimNo)),
    sessionId,
    Math.min(...uids),
    Math.max(...uids),
  ]);
}

/** What a session holds and is too old, before it would be attempted. */
export async function expireHeld(
  tx: Transaction,
  request: { session: { id: number }; rows: readonly { uid: number; claimNo: number }[] },
): Promise<void> {
  const rows = await lockHeld(tx, request.session.id, request.rows);
  endRows(tx, rows, () => ({ state: 'expired', reason: 'too-old' }));
}
