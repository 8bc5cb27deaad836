import { Refusal } from './errors.js';
import { hasLength, type Member, readShape } from './shape.js';

/** Characters. */
export const USERNAME_LENGTH = { min: 1, max: 64 } as const;
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

const MEMBERS = {
  username: { kind: 'string', required: true },
  password: { kind: 'string', required: true },
  account_type: { kind: 'string', required: true },
} as const satisfies Record<string, Member>;

export interface UserSpec {
  username: string;
  /** Plain. */
  password: string;
  accountType: 'admin' | 'user';
}

/** What a client's JSON asks for. @throws Refusal with the code of the first rule that is broken */
export function readUser(json: unknown): UserSpec {
  const { username, password, account_type: accountType } = readShape(json, MEMBERS);
  if (!hasLength(username, USERNAME_LENGTH.min, USERNAME_LENGTH.max)) throw new Refusal('invalid-username');
  refuseBadPassword(password);
  if (accountType !== 'admin' && accountType !== 'user') throw new Refusal('invalid-account-type');
  return { username, password, accountType };
}

/** @throws Refusal `invalid-password` */
export function refuseBadPassword(password: string): void {
  if (!hasLength(password, PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)) throw new Refusal('invalid-password');
}
