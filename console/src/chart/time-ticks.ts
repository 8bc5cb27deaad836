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
