/** Databases of their own for tests, on the server of this worker (`postgres-run.ts`). */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { afterFile } from './closers.js';
import type {} from './postgres-run.js';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** For looking at it, and for doing to it what no door allows. */
  readonly sql: postgres.Sql;
  /** Also while others are connected to it. */
  drop(): Promise<void>;
}

/** As a database of another language has it: what sorts by code points must say so itself. */
const EMPTY = "template template0 encoding 'UTF8' locale 'C' locale_provider icu icu_locale 'en-US'";

/** An empty one, or a copy of `template`, which nobody may be connected to. Some 12 ms (22 by way of the WAL). */
export async function createDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const name = `latchhook_${randomBytes(6).toString('hex')}`;
  const like = options.template === undefined ? EMPTY : `template ${options.template} strategy file_copy`;
  await asOwner().unsafe(`create database ${name} ${like}`);
  const url = databaseUrl(name);
  const sql = connect(url, 2);
  return {
    name,
    url,
    sql,
    async drop() {
      await sql.end({ timeout: 1 });
      await asOwner().unsafe(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Of the server that this worker's tests use. */
export function serverUrl(): string {
  const urls = inject('postgresUrls');
  const worker = Number(process.env['VITEST_POOL_ID']);
  const url = urls[(worker - 1) % urls.length];
  if (url === undefined) throw new Error(`no PostgreSQL was started for worker ${worker}`);
  return url;
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** One connection for a test file: each costs the server a process. */
let owner: postgres.Sql | null = null;

function asOwner(): postgres.Sql {
  if (owner === null) {
    const opened = connect(serverUrl(), 1);
    owner = opened;
    afterFile(async () => {
      owner = null;
      await opened.end({ timeout: 1 });
    });
  }
  return owner;
}

function connect(url: string, max: number): postgres.Sql {
  return postgres(url, { max, onnotice: () => {} });
}
