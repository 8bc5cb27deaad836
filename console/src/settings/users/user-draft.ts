import { BODY_RULES, LatchhookError, type UserChangeBody, type UserItem } from '@latchhook/sdk/client';

export interface UserDraft {
  username: string;
  /** Empty, where there is an account already: it stays as it is. */
  password: string;
  account_type: 'admin' | 'user';
}

export type UserField = keyof UserDraft;

/** How the texts of refusals begin, and the field that they are about. */
const FIELDS: readonly (readonly [begin: RegExp, field: UserField])[] = [
  [/^(Username|User with the same)/, 'username'],
  [/^Password/, 'password'],
  [/^(Account type|The last administrator)/, 'account_type'],
];

export type UserFault = { kind: 'needed' } | { kind: 'length'; min: number; max: number };

/** What the rules of the API's document say against it. */
export function userFaults(draft: UserDraft, isNew: boolean): Partial<Record<UserField, UserFault>> {
  const faults: Partial<Record<UserField, UserFault>> = {};
  for (const field of ['username', 'password'] as const) {
    const { minLength: min, maxLength: max } = BODY_RULES.UserBody[field];
    const length = [...draft[field]].length;
    if (length === 0) {
      if (isNew || field === 'username') faults[field] = { kind: 'needed' };
    } else if (length < min || length > max) faults[field] = { kind: 'length', min, max };
  }
  return faults;
}

/** Only what was changed. */
export function changeOf(draft: UserDraft, before: UserItem): UserChangeBody {
  return {
    ...(draft.username === before.username ? {} : { username: draft.username }),
    ...(draft.password === '' ? {} : { password: draft.password }),
    ...(draft.account_type === before.account_type ? {} : { account_type: draft.account_type }),
  };
}

/** `field` null: it is about none of them. */
export function userRefusal(error: Error | null): { field: UserField | null; text: string } | null {
  if (!(error instanceof LatchhookError) || error.status !== 400) return null;
  const { text } = error;
  return { field: FIELDS.find(([begin]) => begin.test(text))?.[1] ?? null, text };
}
