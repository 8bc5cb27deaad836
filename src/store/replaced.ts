import { type Keyring, KeyringError } from './keyring.js';

/** Under this name a store keeps when it was made, in ms. */
export const CREATED = 'created at';

/** What is found where the store should be, before anything is written there. */
export interface Found {
  /** For people, e.g. a file. */
  name: string;
  /** It holds no key check, with which every store begins. */
  isEmpty: boolean;
  /** Null: none is noted, as in stores of older releases. */
  createdAt: number | null;
  /** What may help, in a sentence. */
  advice: string;
}

/**
 * An empty database, or one made later, in the place of the one that the key in the file was used with: to go on
 * would be to start without all webhooks, and without a word. Goes by what stands inside both, never by the times of
 * files. A key of the settings, or one that says nothing of a store, is content with any.
 * @throws KeyringError
 */
export function refuseReplaced(keyring: Keyring, { name, isEmpty, createdAt, advice }: Found): void {
  const { storeCreatedAt, file } = keyring;
  if (storeCreatedAt === null) return;
  const key = `${file}, which belongs to the store made at ${timeText(storeCreatedAt)}`;
  if (isEmpty) {
    throw new KeyringError(
      `${name} is empty or not there, but beside it is the key ${key}. ${advice} ` +
        `To begin with an empty store on purpose, move the key away. See docs/backups.md`,
    );
  }
  if (createdAt !== null && createdAt > storeCreatedAt) {
    throw new KeyringError(
      `${name} was made at ${timeText(createdAt)}, later than the one of the key ${key}. ${advice} ` +
        `If it is the right one all the same, take the line that begins with # out of the key's file. See docs/backups.md`,
    );
  }
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}

/** What a store notes of itself where it has noted nothing yet. */
export function creationOf(keyring: Keyring, now: number): number {
  return keyring.storeCreatedAt ?? now;
}

/** As a store keeps it. */
export function readCreated(value: string | null): number | null {
  const at = Number(value);
  return value !== null && Number.isSafeInteger(at) ? at : null;
}
