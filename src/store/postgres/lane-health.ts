import type { Health } from '../../domain/health.js';
import { dueAt } from '../due.js';
import type { LaneChange } from '../store.js';
import type { Transaction } from './transaction.js';
import type { Versions } from './versions.js';

const LOCK_HEALTH = 'SELECT health FROM lane WHERE webhook_uid = $1 FOR UPDATE';
const HEALTH = 'SELECT health FROM lane WHERE webhook_uid = $1';
const SET = `
  UPDATE lane SET health = $1, failing_since = $2, next_probe_at = $3, probes = $4 WHERE webhook_uid = $5`;
const SET_PROBE = 'UPDATE lane SET next_probe_at = $1, probes = $2 WHERE webhook_uid = $3';

/**
 * Opens and closes a circuit: one row, whatever waits behind it.
 *
 * @returns whether the lane stands so now
 */
export async function changeHealth(
  tx: Transaction,
  webhookUid: number,
  versionId: number,
  change: LaneChange,
  versions: Versions,
): Promise<boolean> {
  // The row of the webhook comes first, as for all that changes one.
  const webhook = await versions.current(tx, webhookUid);
  if (webhook?.status !== 'active' || webhook.versionId !== versionId) return false;
  const [row] = await tx.run<{ health: Health }>(LOCK_HEALTH, [webhookUid]);
  const before = row?.health;
  if (change.health === 'open') {
    const probeAt = dueAt(tx.now, change.probeInMs);
    // When the next probe goes out concerns its owner alone: nobody needs to read the webhook again.
    if (before === 'open') await tx.run(SET_PROBE, [probeAt, change.probes, webhookUid]);
    else {
      const since = Math.round(tx.now - change.failingForMs);
      await tx.run(SET, ['open', since, probeAt, change.probes, webhookUid]);
      await versions.touch(tx, webhookUid);
    }
    return true;
  }
  if (before === change.health) return true;
  // A lane that was closed by another hand has drained, or need not.
  if (change.health === 'draining' && before !== 'open') return false;
  if (change.health === 'healthy' && before !== 'draining') return false;
  await tx.run(SET, [change.health, null, null, 0, webhookUid]);
  await versions.touch(tx, webhookUid);
  return true;
}

export async function healthOf(tx: Transaction, webhookUid: number): Promise<Health | undefined> {
  const [row] = await tx.run<{ health: Health }>(HEALTH, [webhookUid]);
  return row?.health;
}

/** A new URL or status: nothing is known of it yet. The caller moves the generation. */
export async function resetHealth(tx: Transaction, webhookUid: number): Promise<void> {
  await tx.run(SET, ['healthy', null, null, 0, webhookUid]);
}
