import { membersOf } from '../json.js';
import type { Language, LogKey } from './language.js';

/** The members of an event's data that a sentence can say. */
export const SAYABLE = ['number', 'owner', 'lock', 'host'] as const;

export type Sayable = (typeof SAYABLE)[number];

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
  for (const { key, start, end } of membersOf(data)) {
    if (!SAYABLE.some((name) => name === key)) continue;
    const value = sayable(data.slice(start, end));
    if (value === null) values.delete(key);
    else values.set(key, value);
  }
  return values;
}

/**
 * A number keeps its source, since a card number of 20 digits does not fit into a double. Containers, null,
 * booleans and blank strings are no words of a sentence.
 */
function sayable(source: string): string | null {
  if (/^[-\d]/.test(source)) return source;
  if (!source.startsWith('"')) return null;
  const text = String(JSON.parse(source));
  return text.trim() === '' ? null : text;
}
