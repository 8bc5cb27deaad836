import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreUnavailable } from '../store.js';
import { translated } from './connection.js';
import { sqliteDriver } from './driver.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a database that is damaged while it runs is a store that takes nothing, not a fault of a delivery', () => {
  const file = join(folder, 'damaged.db');
  const database = new (sqliteDriver())(file);
  database.exec('CREATE TABLE kept (uid INTEGER PRIMARY KEY, filling BLOB)');
  const insert = database.prepare('INSERT INTO kept (filling) VALUES (?)');
  for (let n = 0; n < 200; n++) insert.run(randomBytes(1_000));
  database.close();
  const descriptor = openSync(file, 'r+');
  // All but the first page, which says that this is a database.
  writeSync(descriptor, randomBytes(statSync(file).size - 4_096), 0, null, 4_096);
  closeSync(descriptor);

  const damaged = new (sqliteDriver())(file);
  const read = () => damaged.prepare('SELECT * FROM kept').all();
  let met: unknown = null;
  try {
    read();
  } catch (error) {
    met = translated(error);
  }
  damaged.close();

  expect(met).toBeInstanceOf(StoreUnavailable);
  expect(met).toMatchObject({ message: 'the database is damaged (SQLITE_CORRUPT)' });
});
