import { endRows, type OpenRow } from './expiry.js';
import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';

/** A deleted webhook keeps its lane until its last open row has ended. */
const DELETED_LANES = `
  SELECT l.webhook_uid FROM lane l JOIN webhook w ON w.uid = l.webhook_uid
  WHERE w.deleted_at IS NOT NULL ORDER BY l.webhook_uid`;
/** Rows that another node ends at this moment are its own. */
const FREE_ROWS = `
  SELECT uid, webhook_uid, event_type, state, accepted_at, test FROM delivery
  WHERE webhook_uid = $1 AND state < 2 AND NOT owner = ANY($2::bigint[])
  ORDER BY due_at, uid LIMIT $3 FOR UPDATE SKIP LOCKED`;
/** Nobody accepts for it any more: the deletion waited for all who did. */
const DROP_LANE = `
  DELETE FROM lane WHERE webhook_uid = $1
    AND NOT EXISTS (SELECT FROM delivery WHERE webhook_uid = $1 AND state < 2)`;

export async function endOrphans(tx: Transaction, limit: number): Promise<{ ended: number; more: boolean }> {
  const living = numbers([...tx.living]);
  let ended = 0;
  for (const { webhook_uid: uid } of await tx.run<{ webhook_uid: number }>(DELETED_LANES)) {
    const room = limit - ended;
    const rows = await tx.run<OpenRow>(FREE_ROWS, [uid, living, room + 1]);
    const ending = rows.slice(0, room);
    endRows(tx, ending, () => ({ state: 'cancelled', reason: 'webhook-deleted' }));
    ended += ending.length;
    if (rows.length > room) return { ended, more: true };
    await tx.run(DROP_LANE, [uid]);
  }
  return { ended, more: false };
}
