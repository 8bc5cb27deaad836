import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accept, event, ROOMY } from '../conformance/harness.conformance.js';
import {
  LOG_HOURS_ASC,
  LOG_HOURS_DESC,
  LOG_LATE,
  LOG_PAGE_ASC,
  LOG_PAGE_DESC,
} from '../panel-log/entries.js';
import { LOG_FILE } from '../panel-log/filing.js';
import { LOG_UNFILED } from '../panel-log/pages.js';
import { READ_LOG_READER } from '../panel-log/readers.js';
import { type Connection, openWriter } from './connection.js';
import { panelLog } from './migrations/0005-log.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

const HOUR = 3_600_000;

describe('the log in SQLite', () => {
  let data: DataDirectory;
  let database: Connection;

  beforeEach(async () => {
    data = dataDirectory();
    const store = await data.open();
    const session = await store.deliveries.openSession(ROOMY);
    const events = Array.from({ length: 700 }, (_, i) => event({ createdAt: i * HOUR }));
    await accept(store, session, events);
    while ((await store.log.file(100)).more);
    await store.close();
    database = openWriter(data.file, { busyTimeoutMs: 1000 });
  });
  afterEach(() => {
    database.close();
    data.remove();
  });

  const plan = (sql: string) =>
    database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/[@]\w+|[?]/g, '1')}`)
      .all()
      .map(({ detail }) => detail);

  test.for([
    ['the newest entries', LOG_PAGE_DESC],
    ['the oldest entries', LOG_PAGE_ASC],
    ['hours, newest first', LOG_HOURS_DESC],
    ['hours, oldest first', LOG_HOURS_ASC],
    ['late entries below a mark', LOG_LATE],
    ['an account’s place', READ_LOG_READER],
    ['events that are not filed', LOG_UNFILED],
  ])('finds %s by their key, in its order, without sorting', ([, sql]) => {
    for (const analysed of [false, true]) {
      if (analysed) database.exec('ANALYZE');

      const details = plan(sql ?? '').join('\n');

      expect(details).toMatch(/SEARCH \w+ USING (INTEGER )?PRIMARY KEY/);
      expect(details).not.toMatch(/SCAN|B-TREE/);
    }
  });

  test('files by the key of events, sorted by when they happened', () => {
    const details = plan(LOG_FILE).join('\n');

    expect(details).toContain('SEARCH event USING INTEGER PRIMARY KEY');
    expect(details).toContain('USE TEMP B-TREE FOR ORDER BY');
  });

  test('leaves a few events unfiled, and counts what it files by hour and in all', async () => {
    const filed = () => database.prepare('SELECT count(*) AS n FROM log_entry').get();
    const counted = (span: number) =>
      database.prepare('SELECT count(*) AS hours, sum(count) AS n FROM log_count WHERE span = ?').get(span);

    expect(filed()).toEqual({ n: 700 });
    expect(counted(60)).toEqual({ hours: 700, n: 700 });
    expect(counted(0)).toEqual({ hours: 1, n: 700 });
    const store = await data.open();
    const session = await store.deliveries.openSession(ROOMY);
    await accept(store, session, [event(), event()]);
    expect(await store.log.file(100)).toEqual({ more: false });
    await store.close();
    expect(filed()).toEqual({ n: 700 });
  });

  test('has the events in it that were there before it', async () => {
    database.exec(`
      DROP TABLE log_entry; DROP TABLE log_count; DROP TABLE log_reader;
      DELETE FROM meta WHERE name = 'log filed';
      UPDATE event SET test = 1 WHERE id = 700`);

    panelLog.up(database);

    const store = await data.open();

    const all = { account: 'user:1', eventTypes: null, from: null, to: null };
    const { total, rows } = await store.log.items({ ...all, asc: false, offset: 0, limit: 1 });
    expect([total, rows[0]?.eventId]).toEqual([699, 699]);
    const from = { ...all, from: 10 * HOUR, asc: true, offset: 5, limit: 1 };
    expect(await store.log.items(from)).toMatchObject({ total: 689, rows: [{ createdAt: 15 * HOUR }] });
    await store.close();
  });
});
