/** Failed log-ins as every dialect counts them. */

/** ms; older ones are forgotten. One that is as far ahead is of a clock that was set back. */
export const FAILED_LOGIN_MS = 15 * 60_000;
/** Of one pair, the newest. */
export const FAILED_LOGINS = 10;
/** Old rows, of any pair, that each new one takes with it: more than one, so that they never pile up. */
export const FORGOTTEN_WITH_EACH = 20;

/** @param newestFirst ms, wall clock */
export function agesOf(newestFirst: readonly number[], now: number): number[] {
  return newestFirst.map((at) => Math.max(0, now - at)).reverse();
}
