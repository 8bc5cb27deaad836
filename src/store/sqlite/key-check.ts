import { KEY_CHECK, newKeyCheck, sealedAnew, testKey } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import { CREATED, creationOf, readCreated } from '../replaced.js';
import type { Connection } from './connection.js';
import { readMeta } from './schema.js';

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
 * @param now for a store that does not say yet when it was made
 * @returns when it was made
 */
export function checkKey(database: Connection, keyring: Keyring, rewrite: boolean, now: number): number {
  return database
    .transaction(() => {
      const stored = readMeta(database, KEY_CHECK);
      if (stored !== null) testKey(keyring, stored);
      const write = database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
      const noted = readCreated(readMeta(database, CREATED));
      const createdAt = noted ?? creationOf(keyring, now);
      if (noted === null) write.run(CREATED, String(createdAt));
      if (stored !== null && (keyring.isCurrent(stored) || !rewrite)) return createdAt;
      if (stored !== null) rewriteVersions(database, keyring);
      write.run(KEY_CHECK, newKeyCheck(keyring));
      return createdAt;
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
