import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../clock.js';
import { codeOf } from './failure.js';

export const LONGEST_WAIT_MS = 60_000;
const EVERY_MS = 500;

/** Nobody listens yet, its name is not known yet, or it is still starting up. */
const NOT_UP = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', '57P03']);

export interface Waiting {
  clock: Pick<Clock, 'monotonic'>;
  /** Called once, with what the first attempt failed with. */
  onWait(reason: string): void;
  /** Ends the wait, which then rejects with the reason of the signal. */
  aborted?: AbortSignal | undefined;
}

/**
 * Machines start in any order: tries again, for a minute at most, while nothing takes connections there. What says
 * that waiting is of no use, such as a wrong password, is thrown at once.
 */
export async function untilUp<Result>(
  attempt: () => Promise<Result>,
  { clock, onWait, aborted }: Waiting,
): Promise<Result> {
  const end = clock.monotonic() + LONGEST_WAIT_MS;
  for (let first = true; ; first = false) {
    try {
      return await attempt();
    } catch (error) {
      if (!isNotUp(error) || clock.monotonic() >= end) throw error;
      if (first) onWait(error instanceof Error ? error.message : String(error));
    }
    // Kept alive by nothing else, the process would end.
    await pause(EVERY_MS, undefined, { signal: aborted }).catch((error: unknown) => {
      throw aborted?.reason ?? error;
    });
  }
}

function isNotUp(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (NOT_UP.has(codeOf(cause) ?? '')) return true;
  }
  return false;
}
