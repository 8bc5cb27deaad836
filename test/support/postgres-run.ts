/**
 * PostgreSQL for a whole run of tests: the one of LATCHHOOK_TEST_POSTGRES_URL, or one from the packages for each
 * worker, since what waits for every transaction of a server would wait for those of another test.
 */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { NOT_DURABLE, startPostgres } from '../../local-postgres/server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Each of a database in which others may be made. */
    postgresUrls: string[];
    /** In the names of what several test files share. */
    postgresRun: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = randomBytes(4).toString('hex');
  project.provide('postgresRun', run);
  const given = process.env['LATCHHOOK_TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') {
    project.provide('postgresUrls', [given]);
    return () => dropShared(given, run);
  }
  const workers = Array.from({ length: Number(project.config.maxWorkers) });
  const servers = await Promise.all(workers.map(() => startPostgres({ settings: NOT_DURABLE })));
  project.provide(
    'postgresUrls',
    servers.map(({ url }) => url),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.remove()));
  };
}

async function dropShared(url: string, run: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`drop database if exists latchhook_template_${run}`);
  await sql.end();
}
