/** One PostgreSQL for a whole run of tests: the one of LATCHHOOK_TEST_POSTGRES_URL, or one from the packages. */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { NOT_DURABLE, startPostgres } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a database in which others may be made. */
    postgresUrl: string;
    /** In the names of what several test files share. */
    postgresRun: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = randomBytes(4).toString('hex');
  project.provide('postgresRun', run);
  const given = process.env['LATCHHOOK_TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given);
    return () => dropShared(given, run);
  }
  const server = await startPostgres({ settings: NOT_DURABLE });
  project.provide('postgresUrl', server.url);
  return () => server.remove();
}

async function dropShared(url: string, run: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`drop database if exists latchhook_template_${run}`);
  await sql.end();
}
