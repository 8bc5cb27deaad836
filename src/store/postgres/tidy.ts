import { HOUR_MS, SPAN } from '../statistics.js';
import { foldedBefore } from '../statistics-window.js';
import { LOCK } from './locks.js';
import type { Transaction } from './transaction.js';

/** One node at a time: two would wait for each other's rows. */
const MINE = `SELECT pg_try_advisory_xact_lock(${LOCK.space}, ${LOCK.tidying}) AS mine`;
const FORGET_KEYS = `
  DELETE FROM idempotency WHERE (credential, key) IN (
    SELECT credential, key FROM idempotency WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`;
const ENDED_TOKENS = `
  DELETE FROM token WHERE hash IN (
    SELECT hash FROM token WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED)`;
/** Late transitions write a minute anew (and below zero); it folds like any other, and the sums stay right. */
const FOLD_MINUTES = `
  WITH folded AS (
    DELETE FROM stat WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM stat WHERE span = ${SPAN.minute} AND start < $1
      ORDER BY start LIMIT $2 FOR UPDATE SKIP LOCKED))
    RETURNING start, webhook_uid, event_type, state, bucket, slot, count
  ), added AS (
    INSERT INTO stat AS s (span, start, webhook_uid, event_type, state, bucket, slot, count)
    SELECT ${SPAN.hour}, start - start % ${HOUR_MS}, webhook_uid, event_type, state, bucket, slot, sum(count)::bigint
    FROM folded GROUP BY 2, 3, 4, 5, 6, 7
    ON CONFLICT (span, start, webhook_uid, event_type, state, bucket, slot)
      DO UPDATE SET count = s.count + excluded.count
    RETURNING start
  )
  SELECT (SELECT count(*) FROM folded) AS folded, min(start) AS first, max(start) AS last FROM added`;
const DROP_EMPTY_HOURS = `
  DELETE FROM stat WHERE span = ${SPAN.hour} AND start BETWEEN $1 AND $2 AND count = 0`;

export async function tidy(
  tx: Transaction,
  { retainIdempotencyMs, limit }: { retainIdempotencyMs: number; limit: number },
): Promise<{ more: boolean }> {
  const [lock] = await tx.run<{ mine: boolean }>(MINE);
  if (!lock?.mine) return { more: false };
  const keys = await tx.run(FORGET_KEYS, [tx.now - retainIdempotencyMs, limit]);
  const tokens = await tx.run(ENDED_TOKENS, [tx.now, limit]);
  const [folded] = await tx.run<{ folded: number; first: number | null; last: number | null }>(FOLD_MINUTES, [
    foldedBefore(tx.now),
    limit,
  ]);
  if (folded && folded.first !== null) await tx.run(DROP_EMPTY_HOURS, [folded.first, folded.last]);
  return { more: Math.max(keys.count, tokens.count, folded?.folded ?? 0) >= limit };
}
