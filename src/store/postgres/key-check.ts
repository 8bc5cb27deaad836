import { KEY_CHECK, newKeyCheck, sealedAnew, testKey } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import type { Line } from './line.js';
import { LOCK, lockAlone } from './locks.js';

const READ = 'SELECT value FROM meta WHERE name = $1';
const WRITE = 'INSERT INTO meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
const SEALED =
  'SELECT id, secret, headers FROM webhook_version WHERE secret IS NOT NULL OR headers IS NOT NULL';
const RESEAL = 'UPDATE webhook_version SET secret = $1, headers = $2 WHERE id = $3';

interface SealedRow {
  id: number;
  secret: string | null;
  headers: string | null;
}

/**
 * Refuses a key that the store was not written with, before anything is written with it. Of several nodes that
 * start at once the first decides. Throws `KeyringError`, which says which file to copy.
 *
 * @param rewrite encrypt what the old key wrote anew, after which the old key can be forgotten
 */
export async function checkKey(line: Line, keyring: Keyring, rewrite: boolean): Promise<void> {
  await line.run('BEGIN');
  try {
    await line.run(lockAlone(LOCK.schema));
    const [stored] = await line.run<{ value: string }>(READ, [KEY_CHECK]);
    if (stored) testKey(keyring, stored.value);
    if (!stored || (rewrite && !keyring.isCurrent(stored.value))) {
      if (stored) await rewriteVersions(line, keyring);
      await line.run(WRITE, [KEY_CHECK, newKeyCheck(keyring)]);
    }
    await line.run('COMMIT');
  } catch (error) {
    await line.run('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function rewriteVersions(line: Line, keyring: Keyring): Promise<void> {
  for (const { id, secret, headers } of await line.run<SealedRow>(SEALED)) {
    const values = [
      sealedAnew(keyring, 'secret', id, secret),
      sealedAnew(keyring, 'headers', id, headers),
      id,
    ];
    await line.run(RESEAL, values);
  }
}
