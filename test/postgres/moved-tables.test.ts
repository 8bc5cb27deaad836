import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { openKeyring } from '../../src/store/keyring.js';
import {
  columnsOf,
  LEFT_OUT,
  LEFT_OUT_COLUMNS,
  LEFT_OUT_NUMBERS,
  MOVED_NUMBERS,
  MOVED_TABLES,
  STORE_ID,
} from '../../src/store/moving/tables.js';
import { openStore } from '../../src/store/open.js';
import { sqliteDriver } from '../../src/store/sqlite/driver.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
const file = join(folder, 'latchhook.db');
let database: TestDatabase;

beforeAll(async () => {
  const keyring = openKeyring({
    secretKey: randomBytes(32).toString('hex'),
    file: join(folder, 'secret.key'),
  });
  database = await createDatabase();
  for (const url of [`sqlite:${file}`, database.url]) {
    const store = await openStore({ url, keyring, clock: systemClock });
    // So that the numbers of upkeep are there too.
    await store.deliveries.indexLists(1);
    await store.close();
  }
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Columns by table, as a database has them. */
type Schema = Map<string, Set<string>>;

function sqliteSchema(): Schema {
  const sqlite = new (sqliteDriver())(file, { readonly: true });
  const rows = sqlite
    .prepare<[], { name: string; column: string }>(`
      SELECT t.name, c.name AS column FROM sqlite_schema t, pragma_table_info(t.name) c
      WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`)
    .all();
  sqlite.close();
  return byTable(rows);
}

async function postgresSchema(): Promise<Schema> {
  const rows = await database.sql<{ name: string; column: string }[]>`
    select c.relname as name, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`;
  return byTable(rows.map(({ name, column }) => ({ name: name === 'person' ? 'user' : name, column })));
}

function byTable(rows: readonly { name: string; column: string }[]): Schema {
  const schema: Schema = new Map();
  for (const { name, column } of rows) schema.set(name, (schema.get(name) ?? new Set()).add(column));
  return schema;
}

/** One line for each table or column that is neither moved nor left out, and for each that is not there. */
function unaccounted(schema: Schema): string[] {
  const moved = new Map(MOVED_TABLES.map((table) => [table.name, table]));
  const lines: string[] = [];
  for (const [name, columns] of schema) {
    const table = moved.get(name);
    if (!table && LEFT_OUT[name] === undefined) lines.push(`the table ${name} is neither moved nor left out`);
    if (!table) continue;
    const listed = new Set([...columnsOf(table), ...(LEFT_OUT_COLUMNS[name] ?? [])]);
    for (const column of columns) if (!listed.has(column)) lines.push(`${name}.${column} is not moved`);
    for (const column of columnsOf(table)) if (!columns.has(column)) lines.push(`${name} has no ${column}`);
  }
  for (const name of moved.keys()) if (!schema.has(name)) lines.push(`there is no table ${name}`);
  return lines;
}

test('every table and column of a store is moved, or left out by name', async () => {
  expect(unaccounted(sqliteSchema())).toEqual([]);
  expect(unaccounted(await postgresSchema())).toEqual([]);
});

test('every number that a store keeps by its name is moved, or left out by name', async () => {
  const sqlite = new (sqliteDriver())(file, { readonly: true });
  const inSqlite = sqlite.prepare<[], string>('SELECT name FROM meta').pluck().all();
  sqlite.close();
  const inPostgres = await database.sql<{ name: string }[]>`
    select name from meta union all select name from counter`;
  const known = new Set<string>([...MOVED_NUMBERS, STORE_ID, ...LEFT_OUT_NUMBERS]);

  const names = [...inSqlite, ...inPostgres.map(({ name }) => name)];

  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining([...MOVED_NUMBERS, STORE_ID]));
});

test('a table that nobody thought of is noticed', () => {
  const schema = sqliteSchema().set('door_photo', new Set(['uid']));

  expect(unaccounted(schema)).toEqual(['the table door_photo is neither moved nor left out']);
});
