import { type Place, textOf } from '../json.js';
import { itemsOf, valueAt } from '../named-members.js';
import { atOnce } from '../steps.js';
import type { Language, LogKey } from './language.js';

/** The members of an event's data that a sentence can say. */
export const SAYABLE = ['number', 'owner', 'lock', 'host'] as const;

export type Sayable = (typeof SAYABLE)[number];

const SPELLED = SAYABLE.map((name) => Buffer.from(name));

const PIECE = /\[([^[\]]*)\{(\w+)\}([^[\]]*)\]/g;

/** The event's sentence in the log, with those of the members that `data`, a JSON object's text, has. */
export function sentence(language: Language, key: LogKey, data: string): string {
  const said = new Set<string>();
  const values = sayableMembers(data);
  const [, template] = language.events[key];
  const own = template.replace(PIECE, (_, before: string, name: string, after: string) => {
    said.add(name);
    const value = values.get(name);
    return value === undefined ? '' : before + value + after;
  });
  const rest = language.rest.replace(PIECE, (_, before: string, name: string, after: string) => {
    const value = said.has(name) ? undefined : values.get(name);
    return value === undefined ? '' : before + value + after;
  });
  return own + rest;
}

/** Of duplicates the last counts, as for JSON.parse. */
function sayableMembers(data: string): Map<string, string> {
  const values = new Map<string, string>();
  const bytes = Buffer.from(data);
  const found = atOnce(itemsOf(bytes, SPELLED, 1));
  if (found.kind !== 'one' || found.item === null) return values;
  for (const [index, name] of SAYABLE.entries()) {
    const place = found.item[index];
    const value = place ? sayable(bytes, place) : null;
    if (value !== null) values.set(name, value);
  }
  return values;
}

/**
 * A number keeps its source, since a card number of 20 digits does not fit into a double. Containers, null,
 * booleans and blank strings are no words of a sentence.
 */
function sayable(bytes: Buffer, place: Place): string | null {
  const value = valueAt(bytes, place);
  if (typeof value === 'number') return textOf(bytes, place);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
