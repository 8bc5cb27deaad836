import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { openKeyring } from '../../src/store/keyring.js';
import { giveUpMove, type Moved, type MoveRequest, moveStore } from '../../src/store/moving/move.js';
import type { Side } from '../../src/store/moving/side.js';
import { openSide, openStore } from '../../src/store/open.js';
import { sqliteDriver } from '../../src/store/sqlite/driver.js';
import { MIGRATIONS } from '../../src/store/sqlite/schema.js';
import { type DataFolder, dataFolder } from '../faults/site.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

const SCHEMA = MIGRATIONS.at(-1)?.number ?? 0;

let folder: DataFolder;
let database: TestDatabase;
let file: string;
let secretKey: string;
const servers: TestServer[] = [];

/** A store on SQLite that was served once, and a database that nobody has used. */
beforeEach(async () => {
  [folder, database] = await Promise.all([dataFolder(), createDatabase()]);
  file = join(folder.path, 'latchhook.db');
  secretKey = randomBytes(32).toString('hex');
  await (await serve(`sqlite:${file}`)).stop();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await database.drop();
  await folder.remove();
});

async function serve(url: string): Promise<TestServer> {
  const server = await startTestServer({
    env: {
      LATCHHOOK_DATA_DIR: folder.path,
      LATCHHOOK_DATABASE_URL: url,
      LATCHHOOK_SECRET_KEY: secretKey,
      LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
    },
  });
  servers.push(server);
  return server;
}

interface Request {
  from?: string;
  to?: string;
  key?: string;
  /** Fails, as if the process ended there, once so many steps have been told of. */
  endsAfter?: number;
}

async function move(request: Request = {}): Promise<Moved> {
  const { from = `sqlite:${file}`, to = database.url, key = secretKey, endsAfter } = request;
  const source = await openTo(from, 'source', key);
  try {
    const target = await openTo(to, 'target', key);
    let told = 0;
    const onProgress: MoveRequest['onProgress'] = () => {
      told += 1;
      if (told === endsAfter) throw new Error('the process ends here');
    };
    try {
      const keyring = keyringOf(key);
      return await moveStore({ source, target, keyring, rows: 1, onProgress });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const keyringOf = (key: string) => openKeyring({ secretKey: key, file: join(folder.path, 'secret.key') });

function openTo(url: string, as: 'source' | 'target', key = secretKey): Promise<Side> {
  return openSide({ url, keyring: keyringOf(key), clock: systemClock, release: '0.1.0' }, as);
}

function setMeta(name: string, value: string | number): void {
  const sqlite = new (sqliteDriver())(file);
  sqlite.prepare('UPDATE meta SET value = ? WHERE name = ?').run(value, name);
  sqlite.close();
}

test('a store is not moved while a server runs on either end', async () => {
  const source = await serve(`sqlite:${file}`);
  await expect(move()).rejects.toThrow(
    /another Latchhook server is running on the data directory .*: stop it first/,
  );
  await source.stop();

  await serve(database.url);
  await expect(move()).rejects.toThrow(/1 node runs on postgres:.*: stop them first/);
});

test('a store is moved by the release that knows its schema, and from where it is', async () => {
  setMeta('schema', SCHEMA - 1);
  await expect(move()).rejects.toThrow(
    `has schema ${SCHEMA - 1}, this release has ${SCHEMA}: start this release on it once`,
  );
  setMeta('schema', SCHEMA + 1);
  await expect(move()).rejects.toThrow(`has schema ${SCHEMA + 1}, this release knows up to ${SCHEMA}`);
  await expect(openTo(`sqlite:${file}`, 'target')).rejects.toThrow(
    /this release has \d+: give a database that is empty/,
  );
  await expect(move({ from: `sqlite:${folder.path}/elsewhere.db` })).rejects.toThrow(
    /there is no database at/,
  );
  await expect(move({ from: database.url })).rejects.toThrow(/there is no store of Latchhook in postgres:/);
});

test('a store is moved with the key that it was written with, and into an empty database with the same', async () => {
  const other = randomBytes(32).toString('hex');
  await expect(move({ key: other })).rejects.toThrow(/were encrypted with another key/);

  const target = await serve(database.url);
  await target.stop();
  await expect(move()).rejects.toThrow(/holds data already \(user\): give a database that is empty/);
  // It was only looked at.
  await (await serve(database.url)).stop();
});

test('a move that is not complete keeps both ends closed, and takes no other store or database in', async () => {
  await expect(move({ endsAfter: 5 })).rejects.toThrow('the process ends here');

  await expect(serve(`sqlite:${file}`)).rejects.toThrow(
    /this store is being moved to postgres:.*run latchhook/,
  );
  await expect(serve(database.url)).rejects.toThrow(/being moved into this database and is not complete/);
  const elsewhere = `sqlite:${join(folder.path, 'other', 'latchhook.db')}`;
  await expect(move({ to: elsewhere })).rejects.toThrow(
    /is being moved to postgres:.*, which is another database/,
  );
  await expect(move({ from: database.url, to: elsewhere })).rejects.toThrow(/is not complete itself/);
  const second = await serve(elsewhere);
  await second.stop();
  await expect(move({ from: elsewhere })).rejects.toThrow(/took in another store, from sqlite:/);

  expect(await move()).toMatchObject({ kind: 'moved' });
  await (await serve(database.url)).stop();
});

test('where the counts of both ends differ, nothing may run on the target', async () => {
  await expect(move({ endsAfter: 30 })).rejects.toThrow('the process ends here');
  await database.sql`delete from audit`;

  const moved = await move();

  expect(moved.kind).toBe('differs');
  expect(moved.kind === 'differs' && moved.tables).toContainEqual({ table: 'audit', source: 1, target: 0 });
  await expect(serve(database.url)).rejects.toThrow(/is not complete/);
});

test('a node that was starting when the move began gets no session', async () => {
  const node = await openStore({ url: database.url, keyring: keyringOf(secretKey), clock: systemClock });
  await expect(move({ endsAfter: 5 })).rejects.toThrow('the process ends here');

  const opening = node.deliveries.openSession({ perLane: 1, bytes: 1 });

  await expect(opening).rejects.toThrow(/being moved into this database and is not complete/);
  await node.close();
});

test('a store that was moved is closed until somebody takes it back', async () => {
  expect(await move()).toMatchObject({ kind: 'moved' });

  await expect(serve(`sqlite:${file}`)).rejects.toThrow(/was moved to postgres:.*would be sent twice/);
  const tool = { keyring: keyringOf(secretKey), clock: systemClock, engine: false };
  await expect(openStore({ url: `sqlite:${file}`, ...tool })).rejects.toThrow(/was moved to/);
  expect(await move()).toEqual({ kind: 'arrived' });
  const elsewhere = `sqlite:${join(folder.path, 'other', 'latchhook.db')}`;
  await expect(move({ to: elsewhere })).rejects.toThrow(
    /was moved to postgres:.* already, and goes on there/,
  );

  const source = await openTo(`sqlite:${file}`, 'source');
  expect([await giveUpMove(source), await giveUpMove(source)]).toEqual([true, false]);
  await source.close();
  await (await serve(`sqlite:${file}`)).stop();
  await expect(move()).rejects.toThrow(/before that was given up: give a database that is empty/);
  await (await serve(database.url)).stop();
});

test('a move that ended but for its last word to the source says that word', async () => {
  await move();
  // As when it is cut off right there.
  const target = (await database.sql<{ value: string }[]>`select value from meta where name = 'move'`)[0]
    ?.value;
  const source = new (sqliteDriver())(file);
  const mark = String(source.prepare("SELECT value FROM meta WHERE name = 'move'").pluck().get());
  source.close();
  setMeta('move', mark.replace('"moved"', '"moving"'));

  expect(await move()).toEqual({ kind: 'arrived' });

  expect(JSON.parse(target ?? '')).toMatchObject({ as: 'target', state: 'arrived' });
  await expect(serve(`sqlite:${file}`)).rejects.toThrow(/was moved to/);
});

test('secrets that a former key encrypted are moved under the present one', async () => {
  const server = await serve(`sqlite:${file}`);
  const made = await server.admin('POST', '/api/v1/webhooks', {
    url: 'http://127.0.0.1:9/',
    status: 'active',
    event_types: ['log.tamper_event'],
    max_retries: 1,
    secret: 'a word between friends',
  });
  await server.stop();
  const [former, present] = [secretKey, randomBytes(32).toString('hex')];
  const keyring = openKeyring({ secretKey: present, oldKey: former, file: join(folder.path, 'secret.key') });
  const sides = { keyring, clock: systemClock, release: '0.1.0' };
  const source = await openSide({ url: `sqlite:${file}`, ...sides }, 'source');
  const target = await openSide({ url: database.url, ...sides }, 'target');
  await moveStore({ source, target, keyring, rows: 10, onProgress: () => {} });
  await source.close();
  await target.close();

  const uid = (made.json as { item_uid: number }).item_uid;
  const only = openKeyring({ secretKey: present, file: join(folder.path, 'secret.key') });
  const store = await openStore({ url: database.url, keyring: only, clock: systemClock, engine: false });
  expect((await store.webhooks.get(uid))?.secret).toBe('a word between friends');
  await store.close();
});

test('a copy of a store is not moved into the store', async () => {
  const copy = join(folder.path, 'copy', 'latchhook.db');
  const second = await serve(`sqlite:${copy}`);
  await second.stop();
  copyFileSync(file, copy);

  await expect(move({ to: `sqlite:${copy}` })).rejects.toThrow(/one is a copy of the other/);
});
