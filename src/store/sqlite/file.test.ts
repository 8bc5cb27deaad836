import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANNA, accept, createWebhook, event, ROOMY } from '../conformance/harness.conformance.js';
import { DELIVERIES_OF_EVENT } from '../listing/details.js';
import { SchemaTooNew } from '../migrate.js';
import { CLAIM_DUE, CLAIM_JUMPED, HOLD, NEXT_DUE } from './claim.js';
import { type Connection, openWriter } from './connection.js';
import { ANY_OPEN_ROW, OPEN_ROWS } from './orphans.js';
import { FIRST_WAITING, WAITING_PAST } from './sessions.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';
import { OLD_MINUTES } from './tidy.js';

describe('the database file', () => {
  let data: DataDirectory;
  let database: Connection;

  const inspect = () => {
    database = openWriter(data.file, { busyTimeoutMs: 1000 });
    return database;
  };

  beforeEach(async () => {
    data = dataDirectory();
    const store = await data.open();
    const { uid } = await createWebhook(store);
    const session = await store.deliveries.openSession(ROOMY);
    await accept(
      store,
      session,
      Array.from({ length: 500 }, () => event()),
    );
    await store.webhooks.remove(uid, ANNA);
    await store.close();
  });
  afterEach(() => {
    database?.close();
    data.remove();
  });

  test('is made so that it can shrink, survives a power cut, and is private', () => {
    const pragma = (name: string) => inspect().pragma(name, { simple: true });

    expect(pragma('auto_vacuum')).toBe(2); // incremental
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2); // full
    expect(statSync(data.file).mode & 0o777).toBe(0o600);
    expect(statSync(`${data.file}-wal`).mode & 0o777).toBe(0o600);
  });

  test('has no index on its hot tables that a finished row is in', () => {
    const indexes = inspect()
      .prepare<[], { sql: string }>(
        `SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
         AND tbl_name IN ('event', 'delivery', 'attempt')`,
      )
      .all();

    expect(indexes.length).toBeGreaterThan(0);
    for (const { sql } of indexes) expect(sql).toMatch(/ WHERE state (< 2|= [01])/);
  });

  test.for([
    ['a claim', CLAIM_DUE, 'delivery_open'],
    ['a claim after a clock jump', CLAIM_JUMPED, 'delivery_open'],
    ['the next due time', NEXT_DUE, 'delivery_open'],
    ['the first waiting row', FIRST_WAITING, 'delivery_open'],
    ['a waiting row past the horizon', WAITING_PAST, 'delivery_open'],
    ['open rows of a deleted webhook', OPEN_ROWS, 'delivery_open'],
    ['any open row', ANY_OPEN_ROW, 'delivery_open'],
    ['holding a row', HOLD, 'PRIMARY KEY'],
    ['the deliveries of an event', DELIVERIES_OF_EVENT, 'PRIMARY KEY'],
    ['minutes that fold', OLD_MINUTES, 'PRIMARY KEY'],
  ])('answers %s from an index, in its order, without sorting', ([, sql, index]) => {
    const explain = (analysed: boolean) => {
      if (analysed) database.exec('ANALYZE');
      const plan = database.prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN ${sql?.replaceAll(/@\w+|[?]/g, '1')}`,
      );
      return plan.all().map(({ detail }) => detail);
    };
    inspect();

    for (const details of [explain(false), explain(true)]) {
      expect(details[0]).toContain(index);
      expect(
        details.filter((detail) => /^SCAN (d|e|delivery|event|attempt|stat)\b|TEMP B-TREE/.test(detail)),
      ).toEqual([]);
    }
  });

  test('is left alone by a release that is too old for it, and used by one that may', async () => {
    inspect().exec(`UPDATE meta SET value = 900 WHERE name = 'schema';
      UPDATE meta SET value = '0.3.0' WHERE name = 'oldest release'`);

    const tooOld = data.open({ release: '0.2.9' });

    await expect(tooOld).rejects.toBeInstanceOf(SchemaTooNew);
    await expect(tooOld).rejects.toThrow(
      /schema 900, this release knows up to \d+: Latchhook 0\.3\.0 or newer/,
    );
    await expect(data.open()).rejects.toBeInstanceOf(SchemaTooNew);
    await (await data.open({ release: '0.10.0' })).close();
  });
});
