const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far back, and how long the time of a point is. */
export const PERIODS = {
  hour: { length: HOUR_MS, step: MINUTE_MS },
  day: { length: DAY_MS, step: 15 * MINUTE_MS },
  week: { length: 7 * DAY_MS, step: 2 * HOUR_MS },
  month: { length: 30 * DAY_MS, step: 6 * HOUR_MS },
} as const;

export type Period = keyof typeof PERIODS;

export function periodOf(text: string | null): Period {
  return text !== null && Object.hasOwn(PERIODS, text) ? (text as Period) : 'day';
}

/** ms, for the API: from the begin of a step on, so that no point is cut in two. */
export function windowOf(period: Period, now: number): { from: number; to: number; step: number } {
  const { length, step } = PERIODS[period];
  return { from: now - (now % step) - length + step, to: now, step };
}
