/** One PostgreSQL for a whole run of tests: the one of LATCHHOOK_TEST_POSTGRES_URL, or one from the packages. */
import type { TestProject } from 'vitest/node';
import { NOT_DURABLE, startPostgres } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a database in which others may be made. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['LATCHHOOK_TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given);
    return undefined;
  }
  const server = await startPostgres({ settings: NOT_DURABLE });
  project.provide('postgresUrl', server.url);
  return () => server.remove();
}
