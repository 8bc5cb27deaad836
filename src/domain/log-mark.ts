/** Where an event stands in the log: by when it happened, ties by its number. */
export interface LogPosition {
  createdAt: number;
  eventId: number;
}

/**
 * What one listing covers: every event up to `position` that was accepted by then, which are those with
 * numbers up to `horizon`. What is accepted later is not covered, also when it happened earlier: panels' clocks
 * differ, and some hand in late what they noted while they were offline.
 */
export interface LogStep extends LogPosition {
  horizon: number;
}

/** Steps that together cover what an account has behind it: positions fall while horizons rise. */
export type LogMark = readonly LogStep[];

/**
 * A poller that clears what it read has one step, and a few while events come late. One that would need more
 * is shown again what it has seen.
 */
export const MAX_LOG_STEPS = 4;

export function comparePositions(a: LogPosition, b: LogPosition): number {
  return a.createdAt - b.createdAt || a.eventId - b.eventId;
}

export function isCovered(mark: LogMark, event: LogPosition): boolean {
  return mark.some((step) => event.eventId <= step.horizon && comparePositions(event, step) <= 0);
}

/** The mark with one more step; the same mark where it would have too many. Never covers less than before. */
export function withStep(mark: LogMark, step: LogStep): LogMark {
  if (mark.some((one) => contains(one, step))) return mark;
  const steps = [...mark.filter((one) => !contains(step, one)), step];
  if (steps.length > MAX_LOG_STEPS) return mark;
  return steps.sort((a, b) => comparePositions(b, a));
}

/** Both together, as far as the steps reach; the highest are taken first. */
export function withMark(mark: LogMark, other: LogMark): LogMark {
  return other.reduce(withStep, mark);
}

function contains(outer: LogStep, inner: LogStep): boolean {
  return inner.horizon <= outer.horizon && comparePositions(inner, outer) <= 0;
}
