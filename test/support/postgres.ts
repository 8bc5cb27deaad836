/** Databases of their own for tests, on the one server of the run (`postgres-run.ts`). */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
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

/** An empty one, or a copy of `template`, which nobody may be connected to. Some 20 ms. */
export async function createDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const name = `latchhook_${randomBytes(6).toString('hex')}`;
  const like = options.template === undefined ? EMPTY : `template ${options.template}`;
  await asOwner((sql) => sql.unsafe(`create database ${name} ${like}`));
  const url = databaseUrl(name);
  const sql = connect(url, 2);
  return {
    name,
    url,
    sql,
    async drop() {
      await sql.end({ timeout: 1 });
      await asOwner((owner) => owner.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

function databaseUrl(name: string): string {
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

async function asOwner(act: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = connect(inject('postgresUrl'), 1);
  try {
    await act(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function connect(url: string, max: number): postgres.Sql {
  return postgres(url, { max, onnotice: () => {} });
}
