import { type Keyring, KeyringError } from './keyring.js';

/** Under this name a store keeps a known text, encrypted, by which a wrong key is noticed. */
export const KEY_CHECK = 'key check';
const PLACE = { table: 'meta', column: KEY_CHECK, uid: 0 };
const CHECK_TEXT = 'latchhook';

export function newKeyCheck(keyring: Keyring): string {
  return keyring.encrypt(PLACE, CHECK_TEXT);
}

/** Throws `KeyringError`, which says which file to copy, for a key that the store was not written with. */
export function testKey(keyring: Keyring, stored: string): void {
  try {
    if (keyring.decrypt(PLACE, stored) === CHECK_TEXT) return;
  } catch (cause) {
    throw new KeyringError(wrongKey(keyring, stored), { cause });
  }
  throw new KeyringError(wrongKey(keyring, stored));
}

/** A ciphertext of `webhook_version` by today's key; null stays null. */
export function sealedAnew(
  keyring: Keyring,
  column: 'secret' | 'headers',
  uid: number,
  text: string | null,
): string | null {
  const place = { table: 'webhook_version', column, uid };
  return text === null ? null : keyring.encrypt(place, keyring.decrypt(place, text));
}

function wrongKey(keyring: Keyring, stored: string): string {
  return (
    `the secrets in this database were encrypted with another key (${stored.split('.')[1] ?? 'unknown'}) ` +
    `than ${keyring.source} holds (${keyring.keyId}): copy the secret key file that belongs to this database ` +
    `to ${keyring.file}, or set LATCHHOOK_SECRET_KEY or LATCHHOOK_SECRET_KEY_OLD to its content`
  );
}
