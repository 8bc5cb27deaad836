import type { Session } from '../store.js';
import { endRows, lockHeld } from './expiry.js';
import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';

const GIVE_BACK = `
  UPDATE delivery SET owner = 0 WHERE uid = ANY($1::bigint[]) AND uid BETWEEN $2 AND $3`;

export interface ReleaseRequest {
  session: Session;
  rows: readonly { uid: number; claimNo: number }[];
}

/** Gives rows back unattempted; a test ends instead. */
export async function release(tx: Transaction, { session, rows }: ReleaseRequest): Promise<void> {
  const held = await lockHeld(tx, session.id, rows);
  const hands = tx.window(session.id);
  const tests = held.filter((row) => row.test !== 0);
  const owed = held.filter((row) => row.test === 0);
  for (const row of owed) hands?.spill(row.webhook_uid);
  endRows(tx, tests, () => ({ state: 'cancelled', reason: 'test' }));
  const uids = owed.map(({ uid }) => uid);
  if (uids.length > 0) tx.write(GIVE_BACK, [numbers(uids), Math.min(...uids), Math.max(...uids)]);
}
