import { type Keyring, KeyringError } from '../keyring.js';
import type { Connection } from './connection.js';

const CHECK = { table: 'meta', column: 'key check', uid: 0 };
const CHECK_TEXT = 'latchhook';

interface SealedRow {
  id: number;
  secret: string | null;
  headers: string | null;
}

/**
 * Refuses a key that the store was not written with, before anything is written with it. Throws
 * `KeyringError`, which says which file to copy.
 *
 * @param rewrite encrypt what the old key wrote anew, after which the old key can be forgotten
 */
export function checkKey(database: Connection, keyring: Keyring, rewrite: boolean): void {
  database
    .transaction(() => {
      const stored = database
        .prepare<[string], { value: string }>('SELECT value FROM meta WHERE name = ?')
        .get(CHECK.column);
      if (stored) decryptCheck(keyring, stored.value);
      if (stored && (keyring.isCurrent(stored.value) || !rewrite)) return;
      if (stored) rewriteVersions(database, keyring);
      const value = keyring.encrypt(CHECK, CHECK_TEXT);
      database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(CHECK.column, value);
    })
    .immediate();
}

function decryptCheck(keyring: Keyring, stored: string): void {
  try {
    if (keyring.decrypt(CHECK, stored) === CHECK_TEXT) return;
  } catch (cause) {
    throw new KeyringError(wrongKey(keyring, stored), { cause });
  }
  throw new KeyringError(wrongKey(keyring, stored));
}

function wrongKey(keyring: Keyring, stored: string): string {
  return (
    `the secrets in this database were encrypted with another key (${stored.split('.')[1] ?? 'unknown'}) ` +
    `than ${keyring.source} holds (${keyring.keyId}): copy the secret key file that belongs to this database ` +
    `to ${keyring.file}, or set LATCHHOOK_SECRET_KEY or LATCHHOOK_SECRET_KEY_OLD to its content`
  );
}

function rewriteVersions(database: Connection, keyring: Keyring): void {
  const write = database.prepare('UPDATE webhook_version SET secret = ?, headers = ? WHERE id = ?');
  const rows = database
    .prepare<[], SealedRow>(
      'SELECT id, secret, headers FROM webhook_version WHERE secret IS NOT NULL OR headers IS NOT NULL',
    )
    .all();
  for (const { id, secret, headers } of rows) {
    const anew = (column: 'secret' | 'headers', text: string | null) => {
      const place = { table: 'webhook_version', column, uid: id };
      return text === null ? null : keyring.encrypt(place, keyring.decrypt(place, text));
    };
    write.run(anew('secret', secret), anew('headers', headers), id);
  }
}
