import { expect, test } from 'vitest';
import { NOT_DURABLE, type PostgresServer, startPostgres } from '../../local-postgres/server.js';
import { afterwards, aReceiver } from '../support/ephemeral.js';
import { folderWith } from '../support/foreign/folder.js';
import { outcomes } from '../support/foreign/outcomes.js';
import { freePort, running } from '../support/foreign/running.js';
import { latchhook } from '../support/foreign/server.js';
import { spawnProcess } from '../support/process.js';

const EVENT_TYPE = 'log.door_was_opened';

async function database(): Promise<PostgresServer> {
  const server = await startPostgres({ settings: NOT_DURABLE });
  afterwards(() => server.remove());
  return server;
}

/** The URL of the database behind a pool, with no more configuration than it has to have. */
async function pooled(server: PostgresServer, mode: string, more = ''): Promise<string> {
  const port = await freePort();
  const config = `[databases]
* = host=127.0.0.1 port=${server.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
${more}
`;
  // As root it refuses to run, and becomes this user.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const folder = await folderWith({ 'pgbouncer.ini': config });
  await running('pgbouncer', { args: [...user, 'pgbouncer.ini'], port, folder });
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

test('behind PgBouncer in session mode events are taken in and delivered', async () => {
  const url = await pooled(await database(), 'session');
  const { client } = await latchhook({ env: { LATCHHOOK_DATABASE_URL: url } });
  const receiver = await aReceiver();
  const uid = await client.createWebhook(receiver.url, [EVENT_TYPE]);

  const events = Array.from({ length: 100 }, (_, n) => ({ event_type: EVENT_TYPE, data: { n } }));
  expect((await client.post(events)).status).toBe(202);

  const ends = await outcomes(client, uid, 100);
  expect(ends).toEqual(ends.map(() => ({ status: 'delivered', attempts: 1 })));
});

test.each([
  ['transaction', ''],
  ['transaction', 'server_round_robin = 1'],
  ['statement', ''],
])('PgBouncer in %s mode is refused at the start, with what to set (%s)', async (mode, more) => {
  const url = await pooled(await database(), mode, more);
  const program = spawnProcess({ dataDir: await folderWith(), env: { LATCHHOOK_DATABASE_URL: url } });
  afterwards(async () => program.kill('SIGKILL'));

  expect((await program.exited).code).toBe(1);

  expect(program.stderr.join('\n')).toMatch(/^latchhook: [^\n]*pool_mode = session[^\n]*$/);
});
