import type { IdOrigin } from '../../domain/message-id.js';
import { type Migration, outstanding, type SchemaRecord } from '../migrate.js';
import { LAST_PLAIN_UID, STORE_ID } from '../moving/tables.js';
import type { Connection } from './connection.js';
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

export const MIGRATIONS: readonly Migration<Connection>[] = [
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

export function readSchema(database: Connection): SchemaRecord {
  const exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get();
  if (!exists) return { number: 0, oldestRelease: '0.0.0' };
  const read = database.prepare<[string], { value: unknown }>('SELECT value FROM meta WHERE name = ?');
  return {
    number: Number(read.get('schema')?.value ?? 0),
    oldestRelease: String(read.get('oldest release')?.value ?? '0.0.0'),
  };
}

/** What is known under this name; null: nothing. */
export function readMeta(database: Connection, name: string): string | null {
  const row = database
    .prepare<[string], { value: unknown }>('SELECT value FROM meta WHERE name = ?')
    .get(name);
  return row === undefined ? null : String(row.value);
}

/** @throws Error where the schema is not up to date */
export function readIdOrigin(database: Connection): IdOrigin {
  const storeId = readMeta(database, STORE_ID);
  if (storeId === null) throw new Error('the store has no id');
  return { storeId, lastPlainUid: Number(readMeta(database, LAST_PLAIN_UID) ?? 0) };
}

/** Each migration and its record are one transaction. Throws `SchemaTooNew`. */
export function migrate(database: Connection, release: string | null): void {
  for (const migration of outstanding(readSchema(database), MIGRATIONS, release)) {
    database
      .transaction(() => {
        migration.up(database);
        const write = database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
        write.run('schema', migration.number);
        write.run('oldest release', migration.oldestRelease);
      })
      .immediate();
  }
}
