/**
 * Which store the servers of a test use. The vitest project says so, by LATCHHOOK_TEST_STORE; the tests do not
 * know. On PostgreSQL each data folder has a database of its own.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { KEY_CHECK } from '../../src/store/key-check.js';
import { openKeyring } from '../../src/store/keyring.js';
import { openStore } from '../../src/store/open.js';
import { afterFile } from './closers.js';
import { createDatabase, serverUrl, type TestDatabase } from './postgres.js';

export const STORE = process.env['LATCHHOOK_TEST_STORE'] === 'postgres' ? 'postgres' : 'sqlite';

const databases = new Map<string, TestDatabase>();

/** The store's settings for servers and tools of this data folder; a database is made when it has none yet. */
export async function prepareStore(dataDir: string): Promise<Record<string, string>> {
  if (STORE === 'postgres' && !databases.has(dataDir)) {
    databases.set(dataDir, await createDatabase({ template: await template() }));
    afterFile(() => dropStore(dataDir));
  }
  return storeSettings(dataDir);
}

/** The same, of a folder that `prepareStore` has seen, or that lies on SQLite. */
export function storeSettings(dataDir: string): Record<string, string> {
  const database = databases.get(dataDir);
  return database ? { LATCHHOOK_DATABASE_URL: database.url } : {};
}

export async function dropStore(dataDir: string): Promise<void> {
  await databases.get(dataDir)?.drop();
  databases.delete(dataDir);
}

/**
 * `latchhook_now()` by a test's clock where there is one, which comes with the statements. That clock moves by
 * more at once than a session lives, and so its sessions are heard of far ahead.
 */
const CLOCK = `
  CREATE OR REPLACE FUNCTION latchhook_now() RETURNS bigint LANGUAGE sql VOLATILE
    AS $$ SELECT coalesce(nullif(current_setting('latchhook.now', true), '')::bigint,
      floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) $$;
  CREATE FUNCTION test_heartbeat() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nullif(current_setting('latchhook.now', true), '') IS NOT NULL THEN
        NEW.heartbeat_at := NEW.heartbeat_at + 315360000000;
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER test_heartbeat BEFORE INSERT OR UPDATE ON session
    FOR EACH ROW EXECUTE FUNCTION test_heartbeat()`;

/** Migrated once a run: a copy takes a fifth of the time. The first who asks makes it, the others wait. */
async function template(): Promise<string> {
  const name = `latchhook_template_${inject('postgresRun')}`;
  const sql = postgres(serverUrl(), { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtext(${name}))`;
    const known = await sql`select 1 from pg_database where datname = ${name}`;
    if (known.length === 0) await makeTemplate(sql, name);
    return name;
  } finally {
    await sql.end();
  }
}

async function makeTemplate(sql: postgres.Sql, name: string): Promise<void> {
  const draft = await createDatabase();
  const keyring = openKeyring({
    secretKey: randomBytes(32).toString('hex'),
    file: join(tmpdir(), 'no-such-key'),
  });
  await (await openStore({ url: draft.url, keyring, clock: systemClock })).close();
  await draft.sql.unsafe(CLOCK);
  // Each copy is written with a key of its own.
  await draft.sql`delete from meta where name = ${KEY_CHECK}`;
  await draft.sql.end();
  await sql.unsafe(`alter database ${draft.name} rename to ${name}`);
}

/** Whether this text lies anywhere in the store of a data folder, as it is on the disk. */
export async function storeHolds(dataDir: string, text: string): Promise<boolean> {
  const database = databases.get(dataDir);
  if (!database) {
    const files = readdirSync(dataDir).filter((name) => name.startsWith('latchhook.db'));
    return files.some((name) => readFileSync(join(dataDir, name)).includes(text));
  }
  const tables = await database.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`;
  for (const { name } of tables) {
    const found = await database.sql.unsafe(
      `select 1 from "${name}" t where position($1 in t::text) > 0 limit 1`,
      [text],
    );
    if (found.length > 0) return true;
  }
  return false;
}
