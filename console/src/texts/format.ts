import { type Language, regional } from './language.js';
import type { Plural } from './pages.js';

export type Values = Record<string, string | number>;

/** Numbers, times and sentences as a language writes them. */
export interface Format {
  /** Puts values in the place of `{name}`; numbers as the language writes them. */
  fill(text: string, values: Values): string;
  /** The form of the text that goes with `n`. */
  plural(text: Plural, n: number, values?: Values): string;
  /** With a large first letter. */
  capital(text: string): string;
  number(value: number): string;
  /** Short for large ones: 12.4 K. */
  short(value: number): string;
  /** 0 to 100 */
  percent(value: number): string;
  /** Date and time to the second. */
  time(ms: number): string;
  /** Time of day, or the date where it is another day than `now`. */
  shortTime(ms: number, now?: number): string;
  date(ms: number): string;
  /** “in 5 minutes”, “2 days ago” */
  relative(ms: number, now: number): string;
  /** 23 ms, 1.4 s, 5 min, 3 h */
  duration(ms: number): string;
}

const formats = new Map<Language, Format>();

export function formatOf(language: Language): Format {
  const known = formats.get(language) ?? newFormat(language);
  formats.set(language, known);
  return known;
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

function newFormat(own: Language): Format {
  const language = regional(own);
  const numbers = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const plurals = new Intl.PluralRules(language);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const units = new Map(
    (['millisecond', 'second', 'minute', 'hour', 'day'] as const).map((unit) => [
      unit,
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }),
    ]),
  );

  const fill = (text: string, values: Values) =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });

  return {
    fill,
    plural: (text, n, values = {}) => fill(text[plurals.select(n)] ?? text.other, { n, ...values }),
    capital: (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1),
    number: (value) => numbers.format(value),
    short: (value) => short.format(value),
    percent: (value) => percent.format(value / 100),
    time: (ms) => time.format(ms),
    shortTime: (ms, now = Date.now()) =>
      new Date(ms).toDateString() === new Date(now).toDateString() ? clock.format(ms) : day.format(ms),
    date: (ms) => date.format(ms),
    relative(ms, now) {
      const distance = ms - now;
      const [unit, size] = STEPS.find(([, size]) => Math.abs(distance) >= size) ?? STEPS[3];
      return relative.format(Math.round(distance / size), unit);
    },
    duration(ms) {
      if (ms < 1000) return units.get('millisecond')?.format(Math.round(ms)) ?? '';
      const [unit, size] = STEPS.find(([, size]) => ms >= size * 1.5 || ms === size) ?? STEPS[3];
      return units.get(unit)?.format(ms / size) ?? '';
    },
  };
}
