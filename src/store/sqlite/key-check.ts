import { KEY_CHECK, newKeyCheck, sealedAnew, testKey } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import type { Connection } from './connection.js';

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
        .get(KEY_CHECK);
      if (stored) testKey(keyring, stored.value);
      if (stored && (keyring.isCurrent(stored.value) || !rewrite)) return;
      if (stored) rewriteVersions(database, keyring);
      database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(KEY_CHECK, newKeyCheck(keyring));
    })
    .immediate();
}

function rewriteVersions(database: Connection, keyring: Keyring): void {
  const write = database.prepare('UPDATE webhook_version SET secret = ?, headers = ? WHERE id = ?');
  const rows = database
    .prepare<[], SealedRow>(
      'SELECT id, secret, headers FROM webhook_version WHERE secret IS NOT NULL OR headers IS NOT NULL',
    )
    .all();
  for (const { id, secret, headers } of rows) {
    write.run(sealedAnew(keyring, 'secret', id, secret), sealedAnew(keyring, 'headers', id, headers), id);
  }
}
