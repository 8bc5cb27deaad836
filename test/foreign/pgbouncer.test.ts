import { expect, test } from 'vitest';
import { NOT_DURABLE, type PostgresServer, startPostgres } from '../../local-postgres/server.js';
import { afterwards, aReceiver } from '../support/ephemeral.js';
import { folderWith } from '../support/foreign/folder.js';
import { outcomes } from '../support/foreign/outcomes.js';
import { freePort, running } from '../support/foreign/running.js';
import { latchhook } from '../support/foreign/server.js';

const EVENT_TYPE = 'log.door_was_opened';

async function database(): Promise<PostgresServer> {
  const server = await startPostgres({ settings: NOT_DURABLE });
  afterwards(() => server.remove());
  return server;
}

/** The URL of the database behind a pool. Sessions have state, so that PgBouncer's other modes cannot serve us. */
async function pooled(server: PostgresServer): Promise<string> {
  const port = await freePort();
  const config = `[databases]
* = host=127.0.0.1 port=${server.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = session
ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout,jit
`;
  // As root it refuses to run, and becomes this user.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const folder = await folderWith({ 'pgbouncer.ini': config });
  await running('pgbouncer', { args: [...user, 'pgbouncer.ini'], port, folder });
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

test('behind PgBouncer in session mode events are taken in and delivered', async () => {
  const url = await pooled(await database());
  const { client } = await latchhook({ env: { LATCHHOOK_DATABASE_URL: url } });
  const receiver = await aReceiver();
  const uid = await client.createWebhook(receiver.url, [EVENT_TYPE]);

  const events = Array.from({ length: 100 }, (_, n) => ({ event_type: EVENT_TYPE, data: { n } }));
  expect((await client.post(events)).status).toBe(202);

  const ends = await outcomes(client, uid, 100);
  expect(ends).toEqual(ends.map(() => ({ status: 'delivered', attempts: 1 })));
});
