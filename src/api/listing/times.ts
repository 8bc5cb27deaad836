import { Refusal } from '../../domain/errors.js';
import { instantOf } from '../../domain/instant.js';

/** ms; the last instant that a date can be. */
const LAST_INSTANT = 8.64e15;

export interface Times {
  /** ms, both inclusive; null: not given, or empty. */
  from: number | null;
  to: number | null;
}

/** `from` and `to` of a query. @throws Refusal `wrong-time-format`, `wrong-time-range` */
export function readTimes(query: Record<string, unknown>): Times {
  const from = readTime(query['from']);
  const to = readTime(query['to']);
  if (from !== null && to !== null && to <= from) throw new Refusal('wrong-time-range');
  return { from, to };
}

function readTime(value: unknown): number | null {
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string' || !/^\d{1,16}$/.test(value)) throw new Refusal('wrong-time-format');
  const number = Number(value);
  if (number > LAST_INSTANT) throw new Refusal('wrong-time-format');
  return instantOf(number);
}
