/** ms since the event happened; 0 for one that a panel's clock puts in the future. */
export function eventAgeMs(createdAt: number, now: number): number {
  return Math.max(0, now - createdAt);
}

/**
 * Whether an event is too old to be sent.
 * @param maxAge seconds; null: none is
 */
export function isTooOld(createdAt: number, maxAge: number | null, now: number): boolean {
  return maxAge !== null && eventAgeMs(createdAt, now) > maxAge * 1000;
}
