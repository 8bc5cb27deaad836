import { OPEN_BELOW } from './delivery.js';

/** What of an event decides whether it may be cut. */
export interface AgedDelivery {
  /** As stored. */
  state: number;
  /** ms; null while it is open. */
  endedAt: number | null;
}

/**
 * Whether an event that is old enough itself goes, with all its deliveries: nothing of it is owed, and nothing of it
 * ended lately. A delivery that was sent again, or that a job made, keeps its event as long as itself.
 * @param cutoff ms; what ended later stays
 */
export function mayBeCut(deliveries: readonly AgedDelivery[], cutoff: number): boolean {
  return deliveries.every(
    ({ state, endedAt }) => state >= OPEN_BELOW && endedAt !== null && endedAt <= cutoff,
  );
}

/**
 * What the wall clock was set forward since `start`. History is cut for ever, so that a wrong date must not make all
 * of it old at once: as long as this process lives, nothing ages faster than it runs.
 */
export function jumpedMs(
  start: { now: number; monotonic: number },
  at: { now: number; monotonic: number },
): number {
  return Math.max(0, at.now - start.now - (at.monotonic - start.monotonic));
}
