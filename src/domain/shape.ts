import { Refusal } from './errors.js';
import { isJsonObject, type JsonObject } from './json.js';

interface Kinds {
  string: string;
  strings: string[];
  /** An integer of 32 bits. */
  int32: number;
  /** An integer of any size that a double can be. */
  integer: number;
  boolean: boolean;
  object: JsonObject;
}

export interface Member {
  kind: keyof Kinds;
  required: boolean;
}

/** Optional members: `undefined` was left out, `null` was set to null. */
export type Shaped<Table extends Record<string, Member>> = {
  [Name in keyof Table]: Table[Name] extends { required: true }
    ? Kinds[Table[Name]['kind']]
    : Kinds[Table[Name]['kind']] | null | undefined;
};

/**
 * Reads the members that `table` names; others are ignored. First all that are missing are judged, then all
 * types, both in the order of the table.
 * @param suffix goes behind the text of a refusal, e.g. ` (item 3)`
 * @throws Refusal `wrong-json` when `json` is no object, `no-value`, `wrong-type`
 */
export function readShape<const Table extends Record<string, Member>>(
  json: unknown,
  table: Table,
  suffix = '',
): Shaped<Table> {
  if (!isJsonObject(json)) throw new Refusal('wrong-json', '', { suffix });
  for (const name in table) {
    if (table[name]?.required && !Object.hasOwn(json, name)) throw new Refusal('no-value', name, { suffix });
  }
  const shaped: Record<string, unknown> = {};
  for (const name in table) {
    const member = table[name];
    if (!member || !Object.hasOwn(json, name)) continue;
    const value = json[name];
    if (value === null ? member.required : !isOfKind(value, member.kind)) {
      throw new Refusal('wrong-type', name, { suffix });
    }
    // + 0 makes 0 of the -0 that JSON can spell
    shaped[name] = typeof value === 'number' ? value + 0 : value;
  }
  return shaped as Shaped<Table>;
}

function isOfKind(value: unknown, kind: keyof Kinds): boolean {
  switch (kind) {
    case 'string':
      return isText(value);
    case 'strings':
      return Array.isArray(value) && value.every(isText);
    case 'int32':
      return Number.isInteger(value) && value === (Number(value) | 0);
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'object':
      return isJsonObject(value);
  }
}

/** What no database keeps as text: U+0000 and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

function isText(value: unknown): boolean {
  return typeof value === 'string' && !UNSTORABLE.test(value);
}

/** Whether `text` has `min` to `max` characters, a character being a Unicode code point. */
export function hasLength(text: string, min: number, max: number): boolean {
  if (text.length < min || text.length > 2 * max) return false;
  let count = 0;
  for (const _ of text) count++;
  return count >= min && count <= max;
}
