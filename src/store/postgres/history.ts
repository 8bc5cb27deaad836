import { inTime } from '../asking.js';
import { dropBlocks } from '../retention/blocks.js';
import { cutEvents } from '../retention/cut.js';
import { forgetEmptyHours, forgetJobs } from '../retention/leftovers.js';
import { type CutRequest, type CutStep, StoreUnavailable } from '../store.js';
import { LOCK, lockAlone } from './locks.js';
import { dropPartition, emptyPartitions } from './partitions.js';
import { LineRows } from './rows.js';
import type { Writer } from './transaction.js';

/**
 * A step waits for no row: what somebody else has in hand is left to the next pass. It waits for who takes blocks
 * in or files events, and they for it: a few ms.
 */
export async function cutHistory(
  writer: Writer,
  levels: readonly number[],
  request: CutRequest,
): Promise<CutStep> {
  const { empty, ...step } = await writer.transaction(async (tx) => {
    await tx.run(lockAlone(LOCK.lists));
    await tx.run(lockAlone(LOCK.filing));
    return inTime(
      cutEvents(new LineRows(tx, levels), request, {
        now: tx.now,
        locking: ' FOR UPDATE SKIP LOCKED',
        waiting: ' FOR UPDATE',
        left: (delivery, state, endedAt) => tx.tally.left(delivery, state, endedAt),
      }),
    );
  });
  if (empty.length > 0) {
    // What each slot has counted cancels out, and is written with the commit: so it goes after it.
    await writer.transaction(async (tx) => {
      for (const { level, blocks } of empty) {
        await inTime(dropBlocks(new LineRows(tx), 'delivery_block_state', level, blocks));
      }
    });
  }
  if (step.more) return step;
  const { keepMs, limit } = request;
  await writer.transaction(async (tx) => {
    await tx.run(lockAlone(LOCK.tidying));
    const rows = new LineRows(tx);
    const cutoff = tx.now - keepMs;
    await inTime(forgetJobs(rows, { cutoff, limit }));
    await inTime(forgetEmptyHours(rows, cutoff));
  });
  for (const partition of await writer.transaction(emptyPartitions)) {
    try {
      await writer.transaction((tx) => dropPartition(tx, partition));
    } catch (error) {
      // Somebody reads it, or the server is busy: nothing is lost by trying again in the next pass.
      if (!(error instanceof StoreUnavailable)) throw error;
      break;
    }
  }
  return step;
}
