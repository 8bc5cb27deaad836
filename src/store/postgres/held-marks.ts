import type { HeldChoice } from '../../domain/webhook.js';
import type { Transaction } from './transaction.js';

/** Rows by age are left to sweep. */
const ENABLED = `
  UPDATE lane SET expired_until = greatest(expired_until, $1), unswept = greatest(unswept, 1)
  WHERE webhook_uid = $2`;
/** Rows by uid are left to sweep, which may lie anywhere. */
const ENABLED_EMPTY = `
  UPDATE lane SET expiries = expiries + 1, unswept = 2,
    expired_uid = (SELECT last_value FROM delivery_uid_seq)
  WHERE webhook_uid = $1`;

/**
 * Marks the lane of a webhook that is enabled: by these, claims end what it held too long. In a transaction that
 * has the lock of acceptance alone: what gets a smaller uid is there, and all else comes later. The caller moves
 * the generation.
 */
export async function markEnabled(
  tx: Transaction,
  webhookUid: number,
  choice: HeldChoice,
  heldMs: number,
): Promise<void> {
  await tx.run(ENABLED, [tx.now - heldMs, webhookUid]);
  if (choice === 'expire') await tx.run(ENABLED_EMPTY, [webhookUid]);
}
