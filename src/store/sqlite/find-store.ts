import { statSync } from 'node:fs';
import { KEY_CHECK } from '../key-check.js';
import { CREATED, type Found, readCreated } from '../replaced.js';
import { openReader } from './connection.js';
import { readMeta, readSchema } from './schema.js';

const ADVICE =
  'What was written last may lie in the -wal file beside it, without which a copy is empty or old: stop the server ' +
  'and bring back both together, or a copy that was made by a backup.';

/** Writes nothing: beside a file that was changed its own -wal could not be brought back. */
export function findStore(file: string, busyTimeoutMs: number): Found {
  const nothing = { name: file, isEmpty: true, createdAt: null, advice: ADVICE };
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return nothing;
  const database = openReader(file, busyTimeoutMs);
  try {
    if (readSchema(database).number === 0 || readMeta(database, KEY_CHECK) === null) return nothing;
    return { ...nothing, isEmpty: false, createdAt: readCreated(readMeta(database, CREATED)) };
  } finally {
    database.close();
  }
}
