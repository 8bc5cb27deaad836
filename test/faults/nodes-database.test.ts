import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { NOT_DURABLE, type PostgresServer, startPostgres } from '../../local-postgres/server.js';
import { endProcesses } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { NodesSite } from './nodes.js';

const ROUNDS = rounds(3, 1);
const EVENTS = rounds(1_000, 100);
/** Of each kind of refusal that clients see while there is no primary. */
const REFUSALS = 5;

const servers: PostgresServer[] = [];
let site: NodesSite | null = null;

afterEach(async () => {
  await site?.close();
  await endProcesses();
  for (const server of servers.splice(0)) await server.remove();
  site = null;
});

async function aServer(options: Parameters<typeof startPostgres>[0]): Promise<PostgresServer> {
  const server = await startPostgres(options);
  servers.push(server);
  return server;
}

test(`the database is restarted under three nodes: they refuse meanwhile, and go on (${ROUNDS} rounds)`, async () => {
  const server = await aServer({ settings: NOT_DURABLE });
  site = await NodesSite.open(server);
  site.startLoad();

  for (let round = 0; round < ROUNDS; round++) {
    await site.takesIn(EVENTS);
    if (round % 2 === 0) await server.stop();
    else await server.kill();
    await site.refuses(REFUSALS);
    await server.start();
    await site.takesIn(EVENTS);
  }
  await site.stopLoad();
  await site.settles();

  console.log(`restarts of the database: ${site.summary()}`);
  expect(await site.faults(site.replaced)).toEqual([]);
});

test(`all connections to the database are cut under three nodes: nothing is lost (${ROUNDS} rounds)`, async () => {
  const server = await aServer({ settings: NOT_DURABLE });
  site = await NodesSite.open(server);
  site.startLoad();

  for (let round = 0; round < 3 * ROUNDS; round++) {
    await site.takesIn(EVENTS);
    await site.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'latchhook%'`;
  }
  await site.takesIn(EVENTS);
  await site.stopLoad();
  await site.settles();

  console.log(`cut connections: ${site.summary()}`);
  expect(await site.faults(site.replaced)).toEqual([]);
});

test('the primary is killed and its synchronous standby promoted: every 202 is delivered', async () => {
  // The standby is a copy of the stopped primary, which then follows it.
  const primary = await aServer({ settings: { wal_level: 'replica' } });
  await primary.stop();
  const data = primary.copy((folder) => writeFileSync(join(folder, 'standby.signal'), ''));
  await primary.start({
    wal_level: 'replica',
    synchronous_standby_names: '*',
    synchronous_commit: 'on',
  });
  const standby = await aServer({
    data,
    settings: {
      hot_standby: 'on',
      primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres`,
    },
  });
  const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
  site = await NodesSite.open(primary, {
    url: `postgres://postgres@${hosts}/postgres?target_session_attrs=read-write`,
    look: standby.url,
  });
  site.startLoad();
  await site.takesIn(EVENTS);

  await primary.kill();
  await site.refuses(REFUSALS);
  const second = postgres(standby.url, { max: 1, onnotice: () => {} });
  await second`select pg_promote()`;
  await second.end();
  await site.takesIn(EVENTS);
  await site.stopLoad();
  await site.settles();

  console.log(`failover: ${site.summary()}`);
  expect(await site.faults(site.replaced)).toEqual([]);
});
