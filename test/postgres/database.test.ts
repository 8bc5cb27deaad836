import { expect, test } from 'vitest';
import { createDatabase } from '../support/postgres.js';

test('each test has a PostgreSQL database of its own', async () => {
  const one = await createDatabase();
  const other = await createDatabase();

  await one.sql`create table door (name text)`;

  const [count] = await other.sql`select count(*)::int as tables from pg_tables where tablename = 'door'`;
  expect(count).toEqual({ tables: 0 });
  await one.drop();
  await other.drop();
});

test('a template is copied with all that is in it', async () => {
  const template = await createDatabase();
  await template.sql`create table door as select 'north' as name`;
  await template.sql.end();

  const copy = await createDatabase({ template: new URL(template.url).pathname.slice(1) });

  expect(await copy.sql`select name from door`).toEqual([{ name: 'north' }]);
  await copy.drop();
  await template.drop();
});

test('a database does not sort by code points by itself', async () => {
  const database = await createDatabase();

  const rows =
    await database.sql`select name from (values ('b'), ('A'), ('a'), ('B')) as t (name) order by name`;

  expect(rows.map(({ name }) => name)).toEqual(['a', 'A', 'b', 'B']);
  await database.drop();
});
