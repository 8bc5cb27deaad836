import { KEY_CHECK, newKeyCheck, sealedAnew, testKey } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import { CREATED, creationOf, readCreated } from '../replaced.js';
import type { Line } from './line.js';
import { LOCK, lockAlone } from './locks.js';
import { readMeta } from './schema.js';

const WRITE = 'INSERT INTO meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
const NOW = 'SELECT latchhook_now() AS now';
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
 * @returns when the store was made
 */
export function checkKey(line: Line, keyring: Keyring, rewrite: boolean): Promise<number> {
  return line.transaction(async () => {
    await line.run(lockAlone(LOCK.schema));
    const stored = await readMeta(line, KEY_CHECK);
    if (stored !== null) testKey(keyring, stored);
    if (stored === null || (rewrite && !keyring.isCurrent(stored))) {
      if (stored !== null) await rewriteVersions(line, keyring);
      await line.run(WRITE, [KEY_CHECK, newKeyCheck(keyring)]);
    }
    return readCreated(await readMeta(line, CREATED)) ?? noteCreation(line, keyring);
  });
}

async function noteCreation(line: Line, keyring: Keyring): Promise<number> {
  const [clock] = await line.run<{ now: number }>(NOW);
  const createdAt = creationOf(keyring, clock?.now ?? 0);
  await line.run(WRITE, [CREATED, String(createdAt)]);
  return createdAt;
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
