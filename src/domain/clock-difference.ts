/** Whether our clock is right, by the `Date` that receivers put on their answers. One receiver may be wrong: several are asked. */

/** ms; a difference beyond this is said, and one within the second no longer. */
const TOLD_MS = 60_000;
const SETTLED_MS = 50_000;
/** Of this many receivers at least, so that one that is wrong is outvoted. */
const LEAST_RECEIVERS = 3;
/** `Date` is in whole seconds. */
const DATE_MS = 999;

/**
 * ms that our clock was ahead of a receiver's, negative: behind, at the least: 0 where the way there and back explains
 * what is between them.
 * @param dateMs what the receiver's clock said between these two of ours, cut to the second
 */
export function aheadMs(dateMs: number, sentAt: number, answeredAt: number): number {
  const least = sentAt - (dateMs + DATE_MS);
  const most = answeredAt - dateMs;
  if (least > 0) return least;
  return most < 0 ? most : 0;
}

/**
 * The middle one; of two in the middle the smaller, so that half of the receivers alone raise no alarm. null: there are
 * too few.
 */
export function medianAhead(aheads: readonly number[]): number | null {
  if (aheads.length < LEAST_RECEIVERS) return null;
  const sorted = [...aheads].sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.abs(lower) < Math.abs(upper) ? lower : upper;
}

/** @param before what was said last */
export function isOff(median: number | null, before: boolean): boolean {
  return median !== null && Math.abs(median) > (before ? SETTLED_MS : TOLD_MS);
}
