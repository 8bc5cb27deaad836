import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../local-postgres/server.js';
import { ADMIN_PASSWORD, endProcesses, type SpawnedProcess, spawnProcess } from '../support/process.js';
import { basic } from '../support/server.js';
import { until } from '../support/until.js';
import { type DataFolder, dataFolder } from './site.js';

const MANY_TRIES = 10_000_000;

const servers: PostgresServer[] = [];
const folders: DataFolder[] = [];

afterEach(async () => {
  await endProcesses();
  for (const server of servers.splice(0)) await server.remove();
  for (const folder of folders.splice(0)) await folder.remove();
});

async function aServer(options: Parameters<typeof startPostgres>[0]): Promise<PostgresServer> {
  const server = await startPostgres(options);
  servers.push(server);
  return server;
}

const LOST = /may be lost with the primary/;
const SURVIVES = /survives the loss of the primary/;

test('a node says at its start, and after a failover, whether a 202 survives the loss of the primary', async () => {
  const secretKey = randomBytes(32).toString('hex');
  const aNode = async (url: string) => {
    const folder = await dataFolder();
    folders.push(folder);
    const env = { LATCHHOOK_DATABASE_URL: url, LATCHHOOK_SECRET_KEY: secretKey };
    return spawnProcess({ dataDir: folder.path, env });
  };
  const shown = async (node: SpawnedProcess) => {
    const headers = { authorization: basic('admin', ADMIN_PASSWORD) };
    const answer = await fetch(`${await node.listening}/api/v1/system`, { headers });
    const system = (await answer.json()) as { store?: { standby: string } };
    return system.store?.standby;
  };

  // Alone.
  const primary = await aServer({ settings: { wal_level: 'replica' } });
  const alone = await aNode(primary.url);
  expect(JSON.parse(await alone.said(LOST))).toMatchObject({ level: 'warn', standby: 'none' });
  expect(await shown(alone)).toBe('none');
  alone.kill('SIGTERM');
  await alone.exited;
  await primary.stop();

  // With a standby that commits wait for.
  const data = primary.copy((folder) => writeFileSync(join(folder, 'standby.signal'), ''));
  await primary.start({ wal_level: 'replica', synchronous_standby_names: '*' });
  const conninfo = `host=127.0.0.1 port=${primary.port} user=postgres`;
  const standby = await aServer({ data, settings: { hot_standby: 'on', primary_conninfo: conninfo } });
  const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
  const followed = await aNode(`postgres://postgres@${hosts}/postgres`);
  expect(JSON.parse(await followed.said(SURVIVES))).toMatchObject({ level: 'info', standby: 'synchronous' });
  expect(await shown(followed)).toBe('synchronous');

  // It took the primary's place, and nobody follows it.
  await primary.kill();
  const second = postgres(standby.url, { max: 1, onnotice: () => {} });
  await second`select pg_promote()`;
  await second.end();
  expect(JSON.parse(await followed.said(LOST))).toMatchObject({ level: 'warn', standby: 'none' });
  await until(
    () => shown(followed),
    (state) => state === 'none',
    MANY_TRIES,
  );
});
