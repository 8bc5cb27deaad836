import { type Static, Type } from 'typebox';
import { KEY_NAME_LENGTH } from '../../domain/key-rules.js';
import { SCOPES } from '../../domain/rights.js';
import { listOf } from './list.js';
import { Milliseconds, Uid } from './uid.js';

export const Scope = Type.Enum([...SCOPES]);

export const KeyBody = Type.Object({
  name: Type.String({ minLength: KEY_NAME_LENGTH.min, maxLength: KEY_NAME_LENGTH.max }),
  scopes: Type.Array(Scope, { minItems: 1 }),
});
export type KeyBody = Static<typeof KeyBody>;

/** The one time that a key is shown. */
export const CreatedKey = Type.Object({
  item_uid: Uid,
  key: Type.String({ pattern: '^lh_[A-Za-z0-9]{43}$' }),
});
export type CreatedKey = Static<typeof CreatedKey>;

export const KeyItem = Type.Object({
  item_uid: Uid,
  name: Type.String(),
  /** How the key begins. */
  prefix: Type.String(),
  scopes: Type.Array(Scope),
  created_at: Milliseconds,
  /** To the minute; null: never used. */
  last_used_at: Type.Union([Milliseconds, Type.Null()]),
});
export type KeyItem = Static<typeof KeyItem>;

export const KeyList = listOf(KeyItem);
export type KeyList = Static<typeof KeyList>;
