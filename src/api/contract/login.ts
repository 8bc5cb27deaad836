import { type Static, Type } from 'typebox';

/** `POST /api/v1/login`; the password is plain. */
export const LoginBody = Type.Object({
  username: Type.String({ minLength: 1 }),
  password: Type.String({ minLength: 1 }),
});

export const AccountType = Type.Union([Type.Literal('admin'), Type.Literal('user')]);
export type AccountType = Static<typeof AccountType>;

export const LoginAnswer = Type.Object({
  token: Type.String({ pattern: '^[A-Za-z0-9]{64}$' }),
  account_type: AccountType,
});
export type LoginAnswer = Static<typeof LoginAnswer>;
