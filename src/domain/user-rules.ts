import { Refusal } from './errors.js';
import type { AccountType } from './rights.js';
import { hasLength, type Member, readShape } from './shape.js';

/** Characters. */
export const USERNAME_LENGTH = { min: 1, max: 64 } as const;
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

const MEMBERS = {
  username: { kind: 'string', required: true },
  password: { kind: 'string', required: true },
  account_type: { kind: 'string', required: true },
} as const satisfies Record<string, Member>;

const CHANGES = {
  username: { kind: 'string', required: false },
  password: { kind: 'string', required: false },
  account_type: { kind: 'string', required: false },
} as const satisfies Record<string, Member>;

export interface UserSpec {
  username: string;
  /** Plain. */
  password: string;
  accountType: AccountType;
}

/** null: stays as it is. */
export type UserChange = { [Name in keyof UserSpec]: UserSpec[Name] | null };

/** What a client's JSON asks for. @throws Refusal with the code of the first rule that is broken */
export function readUser(json: unknown): UserSpec {
  const { username, password, account_type: accountType } = readShape(json, MEMBERS);
  refuseBadUsername(username);
  refuseBadPassword(password);
  return { username, password, accountType: readAccountType(accountType) };
}

/** A member that is left out, or null, stays as it is. @throws Refusal as `readUser` */
export function readUserChange(json: unknown): UserChange {
  const { username, password, account_type: accountType } = readShape(json, CHANGES);
  if (username != null) refuseBadUsername(username);
  if (password != null) refuseBadPassword(password);
  return {
    username: username ?? null,
    password: password ?? null,
    accountType: accountType == null ? null : readAccountType(accountType),
  };
}

/** @throws Refusal `invalid-username` */
export function refuseBadUsername(username: string): void {
  if (!hasLength(username, USERNAME_LENGTH.min, USERNAME_LENGTH.max)) throw new Refusal('invalid-username');
}

/** @throws Refusal `invalid-password` */
export function refuseBadPassword(password: string): void {
  if (!hasLength(password, PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)) throw new Refusal('invalid-password');
}

/** @throws Refusal `invalid-account-type` */
export function readAccountType(text: string): AccountType {
  if (text !== 'admin' && text !== 'user') throw new Refusal('invalid-account-type');
  return text;
}
