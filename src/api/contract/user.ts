import { type Static, Type } from 'typebox';
import { PASSWORD_LENGTH, USERNAME_LENGTH } from '../../domain/user-rules.js';
import { AccountType } from './login.js';
import { Uid } from './uid.js';

export const UserBody = Type.Object({
  username: Type.String({ minLength: USERNAME_LENGTH.min, maxLength: USERNAME_LENGTH.max }),
  password: Type.String({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max }),
  account_type: AccountType,
});
export type UserBody = Static<typeof UserBody>;

export const Created = Type.Object({ item_uid: Uid });
export type Created = Static<typeof Created>;
