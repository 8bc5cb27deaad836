/** Failed log-ins as every dialect counts them. */

/** ms; older ones are forgotten. One that is as far ahead is of a clock that was set back. */
export const FAILED_LOGIN_MS = 15 * 60_000;
/** Old rows, of any count, that each new one takes with it: more than one, so that they never pile up. */
export const FORGOTTEN_WITH_EACH = 5;

/** @param at ms, wall clock; nothing: there are fewer */
export function ageOf(at: number | null | undefined, now: number): number | null {
  return at == null ? null : Math.max(0, now - at);
}
