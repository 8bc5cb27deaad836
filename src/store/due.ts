import { MAX_DELAY_MS } from '../domain/retry.js';

/**
 * Due times. Decisions hand over delays; the store adds its clock. A row that is due later than the longest
 * delay was written under a clock that has since been set back, and is due now.
 */

/** ms, wall clock. */
export function dueAt(now: number, delayMs: number): number {
  return Math.round(now + Math.min(Math.max(0, delayMs), MAX_DELAY_MS));
}

/** A due time past this one is a clock jump. */
export function horizon(now: number): number {
  return now + MAX_DELAY_MS;
}

/** ms from now until a stored due time, ≤ 0 when due. */
export function dueIn(now: number, due: number): number {
  return due > horizon(now) ? 0 : due - now;
}
