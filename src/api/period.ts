import type { Times } from './listing/times.js';

const DAY_MS = 86_400_000;

/** The last 24 hours where neither end is given; one end alone leaves the other open. ms, both inclusive. */
export function periodOf({ from, to }: Times, now: number): { from: number; to: number } {
  if (from === null && to === null) return { from: Math.max(0, now - DAY_MS), to: now };
  return { from: from ?? 0, to: to ?? Math.max(now, from ?? 0) };
}
