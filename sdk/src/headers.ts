import { WebhookHeaderError } from './errors.js';

/** Headers as any server has them; names in any letter case. */
export type WebhookHeaders =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>;

/** The headers of a webhook by their names in lower case, each with all its values. */
export type HeaderValues = ReadonlyMap<string, readonly string[]>;

const OURS = /^(?:x-)?webhook-/;

export function headerValues(headers: WebhookHeaders): HeaderValues {
  const values = new Map<string, string[]>();
  for (const [spelled, value] of pairs(headers)) {
    const name = spelled.toLowerCase();
    if (!OURS.test(name) || value === undefined) continue;
    const known = values.get(name) ?? [];
    known.push(...(typeof value === 'string' ? [value] : value));
    values.set(name, known);
  }
  return values;
}

function pairs(headers: WebhookHeaders): Iterable<readonly [string, string | readonly string[] | undefined]> {
  if (typeof headers !== 'object' || headers === null) throw new TypeError('headers must be an object');
  return isIterable(headers) ? headers : Object.entries(headers);
}

function isIterable(headers: WebhookHeaders): headers is Iterable<readonly [string, string]> {
  return typeof Reflect.get(headers, Symbol.iterator) === 'function';
}

/**
 * The one value of a header; null when it is not there.
 * @throws WebhookHeaderError `malformed-header`, also when it comes more than once
 */
export function oneValue(values: HeaderValues, name: string, pattern: RegExp): string | null {
  const [value, second] = values.get(name) ?? [];
  if (value === undefined) return null;
  if (second !== undefined || !pattern.test(value)) throw new WebhookHeaderError('malformed-header', name);
  return value;
}

/** @throws WebhookHeaderError `missing-header` too */
export function neededValue(values: HeaderValues, name: string, pattern: RegExp): string {
  const value = oneValue(values, name, pattern);
  if (value === null) throw new WebhookHeaderError('missing-header', name);
  return value;
}
