const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The three forms of RFC 9110, section 5.6.7. Date.parse would take nearly anything. */
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/,
  // Sun Nov  6 08:49:37 1994
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/**
 * A date of HTTP in ms since 1970; null when `text` is none. The day of the week is not compared.
 * @param nowMs decides the century of a year of two digits: never more than 50 years ahead
 */
export function httpDateMs(text: string, nowMs: number): number | null {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return instant(groups, nowMs);
  }
  return null;
}

function instant(groups: Record<string, string>, nowMs: number): number | null {
  const { day = '', month = '', year = '', time = '' } = groups;
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const monthIndex = MONTHS.indexOf(month);
  // 60 is a leap second
  if (monthIndex < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const midnight = new Date(0);
  midnight.setUTCFullYear(
    year.length === 2 ? fullYear(Number(year), nowMs) : Number(year),
    monthIndex,
    Number(day),
  );
  // a day that this month does not have
  if (midnight.getUTCMonth() !== monthIndex) return null;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

function fullYear(lastTwoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + lastTwoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
