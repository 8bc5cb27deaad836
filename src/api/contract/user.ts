import { type Static, Type } from 'typebox';
import { PASSWORD_LENGTH, USERNAME_LENGTH } from '../../domain/user-rules.js';
import { listOf } from './list.js';
import { AccountType } from './login.js';
import { Milliseconds, Uid } from './uid.js';

export const UserBody = Type.Object({
  username: Type.String({ minLength: USERNAME_LENGTH.min, maxLength: USERNAME_LENGTH.max }),
  password: Type.String({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max }),
  account_type: AccountType,
});
export type UserBody = Static<typeof UserBody>;

export const Created = Type.Object({ item_uid: Uid });
export type Created = Static<typeof Created>;

/** What PUT takes: a member that is left out, or null, stays as it is. */
export const UserChangeBody = Type.Object({
  username: Type.Optional(Type.Union([UserBody.properties.username, Type.Null()])),
  password: Type.Optional(Type.Union([UserBody.properties.password, Type.Null()])),
  account_type: Type.Optional(Type.Union([AccountType, Type.Null()])),
});
export type UserChangeBody = Static<typeof UserChangeBody>;

export const UserItem = Type.Object({
  item_uid: Uid,
  username: Type.String(),
  account_type: AccountType,
  created_at: Milliseconds,
});
export type UserItem = Static<typeof UserItem>;

export const UserList = listOf(UserItem);
export type UserList = Static<typeof UserList>;
