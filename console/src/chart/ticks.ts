const DAY_S = 86_400;

/** What stands below the axis: times of day, days where they begin, or where there are only days. */
export function timeTicks(seconds: readonly number[], language: string): string[] {
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const apart = (seconds[1] ?? 0) - (seconds[0] ?? 0);
  return seconds.map((one) => {
    const date = new Date(one * 1000);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0;
    return apart >= DAY_S || midnight ? day.format(date) : clock.format(date);
  });
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Round for people, about ten times the one before. */
const DURATIONS = [
  ...[1, 10, 100, SECOND_MS, 10 * SECOND_MS],
  ...[MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 10 * HOUR_MS, 100 * HOUR_MS],
];

export function durationTicks(least: number, most: number): number[] {
  return DURATIONS.filter((ms) => ms >= least && ms <= most);
}
