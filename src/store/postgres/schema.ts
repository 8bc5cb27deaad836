import type { IdOrigin } from '../../domain/message-id.js';
import { type Migration, outstanding, type SchemaRecord } from '../migrate.js';
import { LAST_PLAIN_UID, STORE_ID } from '../moving/tables.js';
import type { Line } from './line.js';
import { LOCK, lockAlone } from './locks.js';
import { first } from './migrations/0001-first.js';
import { listing } from './migrations/0002-listing.js';
import { people } from './migrations/0003-people.js';
import { tests } from './migrations/0004-tests.js';
import { panelLog } from './migrations/0005-log.js';
import { lanes } from './migrations/0006-lanes.js';
import { jobs } from './migrations/0007-jobs.js';
import { nodes } from './migrations/0008-nodes.js';
import { resent } from './migrations/0009-resent.js';
import { messageIds } from './migrations/0010-message-ids.js';
import { requestForms } from './migrations/0011-request-forms.js';
import { addPartitions } from './partitions.js';

export const MIGRATIONS: readonly Migration<Line>[] = [
  first,
  listing,
  people,
  tests,
  panelLog,
  lanes,
  jobs,
  nodes,
  resent,
  messageIds,
  requestForms,
];

const CREATE_META = 'CREATE TABLE IF NOT EXISTS meta (name text PRIMARY KEY, value text NOT NULL)';
const EXISTS = "SELECT to_regclass('meta') IS NOT NULL AS found";
const READ = "SELECT name, value FROM meta WHERE name IN ('schema', 'oldest release')";
const WRITE = `
  INSERT INTO meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

export async function readSchema(line: Line): Promise<SchemaRecord> {
  const [answer] = await line.run<{ found: boolean }>(EXISTS);
  const rows = answer?.found ? await line.run<{ name: string; value: string }>(READ) : [];
  const value = (name: string) => rows.find((row) => row.name === name)?.value;
  return { number: Number(value('schema') ?? 0), oldestRelease: value('oldest release') ?? '0.0.0' };
}

/** What is known under this name; null: nothing. */
export async function readMeta(line: Pick<Line, 'run'>, name: string): Promise<string | null> {
  const [row] = await line.run<{ value: string }>('SELECT value FROM meta WHERE name = $1', [name]);
  return row?.value ?? null;
}

/** @throws Error where the schema is not up to date */
export async function readIdOrigin(line: Pick<Line, 'run'>): Promise<IdOrigin> {
  const storeId = await readMeta(line, STORE_ID);
  if (storeId === null) throw new Error('the store has no id');
  const [row] = await line.run<{ value: number }>('SELECT value FROM counter WHERE name = $1', [
    LAST_PLAIN_UID,
  ]);
  return { storeId, lastPlainUid: row?.value ?? 0 };
}

/**
 * Brings the schema up to date, in one transaction and by one node: others that start at the same time wait
 * for it and find nothing left to do. Throws `SchemaTooNew`.
 */
export async function migrate(line: Line, release: string | null): Promise<void> {
  if (outstanding(await readSchema(line), MIGRATIONS, release).length === 0) return;
  await line.transaction(async () => {
    // A migration of much data may take long, and so may waiting for another node's.
    await line.run('SET LOCAL statement_timeout = 0');
    await line.run(lockAlone(LOCK.schema));
    await line.run(CREATE_META);
    for (const migration of outstanding(await readSchema(line), MIGRATIONS, release)) {
      await migration.up(line);
      await line.run(WRITE, ['schema', String(migration.number)]);
      await line.run(WRITE, ['oldest release', migration.oldestRelease]);
    }
    await addPartitions(line);
  });
}
