import { Refusal } from './errors.js';
import { SCOPES, type Scope } from './rights.js';
import { hasLength, type Member, readShape } from './shape.js';

/** Characters: the name is the source of events that name none, and a source has at most 64. */
export const KEY_NAME_LENGTH = { min: 1, max: 64 } as const;

const MEMBERS = {
  name: { kind: 'string', required: true },
  scopes: { kind: 'strings', required: true },
} as const satisfies Record<string, Member>;

export interface KeySpec {
  /** Not unique: a key that takes the place of another reports under the same name. */
  name: string;
  /** At least one, none twice. */
  scopes: Scope[];
}

/** What a client's JSON asks for. @throws Refusal with the code of the first rule that is broken */
export function readKey(json: unknown): KeySpec {
  const { name, scopes } = readShape(json, MEMBERS);
  if (!hasLength(name, KEY_NAME_LENGTH.min, KEY_NAME_LENGTH.max)) throw new Refusal('invalid-key-name');
  if (scopes.length === 0 || !scopes.every(isScope)) throw new Refusal('invalid-scopes');
  return { name, scopes: SCOPES.filter((scope) => scopes.includes(scope)) };
}

function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}
