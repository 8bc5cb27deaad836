import { Refusal } from './errors.js';
import { isJsonObject } from './json.js';

const MEMBERS = ['clear_fields', 'data_types'] as const;

/**
 * Whether a body of `system/data/clear` asks to clear the log. Clients name what they clear in one member or
 * the other, as an array or as a single string.
 * @throws Refusal `wrong-json`, `no-value` when both are missing, `wrong-type`
 */
export function clearsLog(json: unknown): boolean {
  if (!isJsonObject(json)) throw new Refusal('wrong-json');
  const given = MEMBERS.filter((name) => json[name] !== undefined && json[name] !== null);
  if (given.length === 0) throw new Refusal('no-value', MEMBERS[0]);
  return given.map((name) => namesOf(json[name], name)).some((names) => names.includes('logs'));
}

function namesOf(value: unknown, member: string): string[] {
  const names = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new Refusal('wrong-type', member);
  }
  return names;
}
