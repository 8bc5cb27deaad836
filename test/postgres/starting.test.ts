import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { untilUp } from '../../src/store/postgres/until-up.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { ManualClock } from '../support/clock.js';
import { afterwards } from '../support/ephemeral.js';
import { createDatabase } from '../support/postgres.js';
import { endProcesses, type SpawnedProcess, spawnProcess } from '../support/process.js';

const WAITING = /the database is not there yet: waiting for it/;
/** A password that a URL could not hold as it is. */
const AWKWARD = 'p@ss/w?rd#1%';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchhook-starting-'));
});
afterEach(async () => {
  await endProcesses();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (env: Record<string, string>): SpawnedProcess => spawnProcess({ dataDir, env });

async function listening(server: net.Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  afterwards(async () => void server.close());
  return (server.address() as net.AddressInfo).port;
}

/** Says this, as a database does that refuses a connection. */
const refusing = (code: string, words: string): net.Server =>
  net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${words}\0\0`);
      const head = Buffer.alloc(5);
      head.write('E');
      head.writeUInt32BE(body.length + 4, 1);
      socket.end(Buffer.concat([head, body]));
    });
  });

test.each([
  ['08P01', 'no such database: house'],
  ['28P01', 'password authentication failed for user "door"'],
  ['3D000', 'database "house" does not exist'],
  ['53300', 'sorry, too many clients already'],
])('a refusal with %s ends the start at once, in the words of the database', async (code, words) => {
  const port = await listening(refusing(code, words));
  const program = start({ LATCHHOOK_DATABASE_URL: `postgres://door:${'secret'}@127.0.0.1:${port}/house` });

  expect((await program.exited).code).toBe(1);
  const said = program.stderr.join('\n');
  expect(said).toMatch(/^latchhook: [^\n]+$/);
  expect(said).toContain(words);
  expect(said).not.toContain('secret');
  expect(program.stdout.join('\n')).not.toMatch(WAITING);
});

test('a server whose database comes up later says that it waits, and starts', async () => {
  const database = await createDatabase();
  afterwards(() => database.drop());
  const target = new URL(database.url);
  const gate = net.createServer((socket) => {
    const to = net.connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, to],
      [to, socket],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    socket.pipe(to).pipe(socket);
  });
  const port = await listening(gate);
  gate.close();
  await once(gate, 'close');

  const url = new URL(database.url);
  url.port = String(port);
  const program = start({ LATCHHOOK_DATABASE_URL: url.href });
  expect(await program.said(WAITING)).toContain('ECONNREFUSED');
  gate.listen(port, '127.0.0.1');

  await program.listening;
  program.kill('SIGTERM');
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(program.stdout.filter((line) => WAITING.test(line))).toHaveLength(1);
});

test('a start that waits for its database ends at SIGTERM', async () => {
  const program = start({ LATCHHOOK_DATABASE_URL: 'postgres://127.0.0.1:1/house' });
  await program.said(WAITING);

  program.kill('SIGTERM');

  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(program.stderr.at(-1)).toBe('latchhook: stopped');
});

test('after a minute the wait is over, with the last reason', async () => {
  const clock = new ManualClock();
  const told: string[] = [];
  const refused = () =>
    Promise.reject(
      new StoreUnavailable('not there', {
        cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      }),
    );

  const waited = untilUp(refused, {
    clock,
    onWait: (reason) => {
      told.push(reason);
      clock.advance(60_000);
    },
  });

  await expect(waited).rejects.toThrow('not there');
  expect(told).toEqual(['not there']);
});

test('PGHOST and the others stand in for the URL, with a password of any characters', async () => {
  const database = await createDatabase();
  afterwards(() => database.drop());
  const role = database.name;
  await database.sql.unsafe(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${AWKWARD}'`);
  const { hostname, port } = new URL(database.url);
  const program = start({
    LATCHHOOK_DATABASE_URL: 'postgres://',
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: role,
    PGPASSWORD: AWKWARD,
    PGDATABASE: database.name,
    PGSSLMODE: 'disable',
  });

  await program.listening;
  const users = await database.sql`SELECT DISTINCT usename::text AS name FROM pg_stat_activity
    WHERE application_name = 'latchhook'`;
  expect(users).toEqual([{ name: role }]);
  program.kill('SIGTERM');
  await program.exited;
  await database.sql.unsafe(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP ROLE ${role}`);
});

test('a password that the URL cannot hold is refused, with how to write it and without showing it', async () => {
  const program = start({ LATCHHOOK_DATABASE_URL: `postgres://door:${AWKWARD}@127.0.0.1:5432/house` });

  expect((await program.exited).code).toBe(1);
  expect(program.stderr.join('\n')).toMatch(
    /^latchhook: LATCHHOOK_DATABASE_URL .*percent-encoded.*PGPASSWORD/,
  );
  expect(program.stderr.join('\n')).not.toContain('w?rd');
});

test('an empty database is refused with a key that belongs to another store', async () => {
  const [full, empty] = [await createDatabase(), await createDatabase()];
  afterwards(async () => {
    await full.drop();
    await empty.drop();
  });
  const served = async (url: string) => {
    const program = start({ LATCHHOOK_DATABASE_URL: url });
    await program.listening;
    program.kill('SIGTERM');
    await program.exited;
  };
  await served(full.url);

  const refused = start({ LATCHHOOK_DATABASE_URL: empty.url });

  expect((await refused.exited).code).toBe(1);
  expect(refused.stderr.join('\n')).toMatch(/^latchhook: The database \S+ on \S+ is empty.*migrate-store.*$/);
  expect(await empty.sql`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`).toHaveLength(0);
  await served(full.url);
});
