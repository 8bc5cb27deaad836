import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { openKeyring } from '../keyring.js';
import { StoreUnavailable } from '../store.js';
import { type Database, openDatabase } from './database.js';
import { Pool } from './pool.js';
import { MIGRATIONS } from './schema.js';
import { Server } from './server.js';

describe('a database', () => {
  let under: TestDatabase;
  const opened: Database[] = [];
  const secretKey = randomBytes(32).toString('hex');

  async function open(key = secretKey): Promise<Database> {
    const database = await openDatabase({
      url: under.url,
      keyring: openKeyring({ secretKey: key, file: join(tmpdir(), 'no-such-key') }),
      release: null,
      engine: true,
      blocks: { size: 1024, writeMoves: () => {} },
    });
    opened.push(database);
    return database;
  }

  beforeEach(async () => {
    under = await createDatabase();
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    await under.drop();
  });

  test('is migrated once by nodes that start at the same time', async () => {
    const all = await Promise.all([open(), open(), open()]);
    for (const { writer } of all) expect(await writer.transaction(async (tx) => tx.now)).toBeGreaterThan(0);
  });

  test('from before ids had a mark keeps those that receivers may have seen', async () => {
    const pool = new Pool(new Server(under.url), 1);
    await pool.use(async (line) => {
      await line.run('CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL)');
      for (const { number, up } of MIGRATIONS) if (number <= 9) await up(line);
      await line.run("INSERT INTO meta VALUES ('schema', '9'), ('oldest release', '0.1.0')");
      await line.run("SELECT setval('delivery_uid_seq', 7)");
    });
    await pool.close();

    const [one, other] = await Promise.all([open(), open()]);

    expect(one.idOrigin).toEqual({ storeId: expect.stringMatching(/^[0-9a-f]{32}$/), lastPlainUid: 7 });
    expect(other.idOrigin).toEqual(one.idOrigin);
  });

  test('refuses another key than it was written with', async () => {
    await open();
    await expect(open(randomBytes(32).toString('hex'))).rejects.toThrow('were encrypted with another key');
  });

  test('changes nothing when a transaction fails, and serves the next one', async () => {
    const { writer } = await open();
    const change = "UPDATE counter SET value = 7 WHERE name = 'generation'";
    const failing = writer.transaction(async (tx) => {
      await tx.run(change);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const broken = writer.transaction(async (tx) => {
      void tx.run(change);
      await tx.run('SELECT 1 / 0');
    });
    await expect(broken).rejects.toThrow('division by zero');
    expect(await writer.transaction(async (tx) => tx.subscriptions.generation)).toBe(0);
  });

  test('runs nothing outside of a transaction when the connection is cut in the middle of it', async () => {
    const { writer } = await open();
    const large = 'x'.repeat(1_000_000);
    const cut = writer.transaction(async (tx) => {
      const [self] = await tx.run<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await under.sql`SELECT pg_terminate_backend(${self?.pid ?? 0})`;
      const rows = Array.from({ length: 50 }, (_, n) =>
        tx.run('INSERT INTO source (name) VALUES ($1 || right($2, 1))', [`source ${n}`, large]),
      );
      await Promise.all(rows);
    });
    await expect(cut).rejects.toBeInstanceOf(StoreUnavailable);
    // the pipeline is alive, and nothing came in by itself
    await writer.transaction((tx) => tx.run("INSERT INTO source (name) VALUES ('alive')"));
    expect(await under.sql`SELECT name FROM source`).toMatchObject([{ name: 'alive' }]);
  });

  test('gives every text back as it came', async () => {
    const { reader } = await open();
    for (const text of ['a\0b', '\u{10ffff}0\0', '"\\{}', 'Žofie 🚪', '']) {
      const [row] = await reader.read((line) =>
        line.run<{ text: string }>('SELECT $1::text AS text', [text]),
      );
      expect(row?.text).toBe(text);
    }
  });

  test('refuses everything once it is closed', async () => {
    const { writer, close } = await open();
    await close();
    await expect(writer.transaction(async () => {})).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
