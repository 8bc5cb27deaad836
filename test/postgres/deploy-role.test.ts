/** The role that `deploy/postgres-init.sql` makes, on a real PostgreSQL. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serverUrl } from '../support/postgres.js';
import { startReceiver } from '../support/receiver.js';
import { startTestServer } from '../support/server.js';
import { until } from '../support/until.js';

const PASSWORD = "it's \\ a password";
const GETENV = /^\\getenv password LATCHHOOK_DATABASE_PASSWORD$/m;

/** Another name than the file's, since roles belong to the whole server. */
const name = `latchhook_deploy_${randomBytes(4).toString('hex')}`;
let owner: postgres.Sql;

const quiet = { onnotice: () => {}, max: 1 };

/** What psql makes of it: its one command gone, its one variable put in, quoted; a statement at a time. */
function statements(): string[] {
  const file = readFileSync(new URL('../../deploy/postgres-init.sql', import.meta.url), 'utf8');
  expect(file.match(GETENV)).toHaveLength(1);
  return file
    .replace(GETENV, '')
    .replaceAll(/^--.*$/gm, '')
    .replaceAll(/\blatchhook\b/g, name)
    .replace(":'password'", () => `E'${PASSWORD.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`)
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !statement.startsWith('REVOKE CONNECT ON DATABASE postgres'));
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.username = name;
  url.password = encodeURIComponent(PASSWORD);
  url.pathname = `/${database}`;
  return url.href;
}

beforeEach(async () => {
  owner = postgres(serverUrl(), quiet);
  for (const statement of statements()) await owner.unsafe(statement);
});

afterEach(async () => {
  await owner.unsafe(`drop database if exists ${name} with (force)`);
  await owner.unsafe(`drop role if exists ${name}`);
  await owner.end();
});

test('Latchhook migrates, delivers and starts again as the role that compose gives it, which is no superuser', async () => {
  const [rights] = await owner`
    select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = ${name}`;
  expect(rights).toEqual({
    rolsuper: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolreplication: false,
    rolbypassrls: false,
  });

  const key = randomBytes(32).toString('base64');
  const receiver = await startReceiver();
  for (const start of [1, 2]) {
    const server = await startTestServer({
      env: { LATCHHOOK_DATABASE_URL: urlOf(name), LATCHHOOK_SECRET_KEY: key },
    });
    if (start === 1) {
      const webhook = {
        url: receiver.url,
        status: 'active',
        event_types: ['log.tamper_event'],
        max_retries: 1,
      };
      expect(await server.admin('POST', '/api/v1/webhooks', webhook)).toMatchObject({ status: 200 });
    }
    const event = { event_type: 'log.tamper_event', created_at: 1_678_077_114_137, data: {} };
    expect(await server.admin('POST', '/api/v1/events', event)).toMatchObject({ status: 202 });
    await until(
      async () => receiver.requests.length,
      (count) => count === start,
    );
    await server.stop();
  }
  await receiver.close();
});

test('that role owns its database, reads no passwords, and nobody else connects to it', async () => {
  const sql = postgres(urlOf(name), quiet);
  await expect(sql`select rolpassword from pg_authid`).rejects.toThrow('permission denied');
  await expect(sql`copy (select 1) to program 'true'`).rejects.toThrow('permission denied');
  const [{ owned } = { owned: null }] = await sql`
    select pg_get_userbyid(datdba) as owned from pg_database where datname = current_database()`;
  expect(owned).toBe(name);
  const [{ others } = { others: null }] = await sql`
    select has_database_privilege('pg_monitor', current_database(), 'connect') as others`;
  expect(others).toBe(false);
  await sql.end();
});
