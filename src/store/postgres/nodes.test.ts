import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../../test/support/postgres.js';
import { openKeyring } from '../keyring.js';
import { openDatabase } from './database.js';
import { NewsLine } from './news-line.js';
import { PostgresNodes } from './nodes.js';
import { Server } from './server.js';

const WAIT_MS = 60_000;

async function openNodes(count: number) {
  const database = await createDatabase();
  const secretKey = randomBytes(32).toString('hex');
  const open = async () => {
    const { writer, reader, close } = await openDatabase({
      url: database.url,
      keyring: openKeyring({ secretKey, file: join(tmpdir(), 'no-such-key') }),
      release: null,
      engine: true,
      blocks: { size: 1024, writeMoves: () => {} },
    });
    const nodes = new PostgresNodes(writer, reader, new NewsLine(new Server(database.url)));
    // A node hears that it may have missed something, once it listens.
    expect(await nodes.news({ waitMs: WAIT_MS })).toEqual({ webhooks: true, lanes: [] });
    return { nodes, told: writer.news, close };
  };
  const opened = await Promise.all(Array.from({ length: count }, open));
  onTestFinished(async () => {
    for (const { nodes, close } of opened) {
      await nodes.close();
      await close();
    }
    await database.drop();
  });
  return { database, told: opened.map(({ told }) => told), nodes: opened.map(({ nodes }) => nodes) };
}

test('what a node tells, the others hear', async () => {
  const { nodes, told } = await openNodes(3);
  const [one, two, three] = nodes;
  const heard = Promise.all([two?.news({ waitMs: WAIT_MS }), three?.news({ waitMs: WAIT_MS })]);

  told[0]?.webhooksChanged();
  told[0]?.leftIn(7);
  told[0]?.leftIn(9);

  expect(await heard).toEqual([
    { webhooks: true, lanes: [7, 9] },
    { webhooks: true, lanes: [7, 9] },
  ]);
  expect(await one?.news({ waitMs: 1 })).toEqual({ webhooks: false, lanes: [] });
});

test('what is told in quick succession goes together, and nothing of it is lost', async () => {
  const { nodes, told } = await openNodes(2);
  const [, two] = nodes;
  const lanes = new Set<number>();
  let times = 0;

  for (let uid = 1; uid <= 1_000; uid++) told[0]?.leftIn(uid);
  while (lanes.size < 1_000) {
    const news = await two?.news({ waitMs: WAIT_MS });
    times += 1;
    for (const uid of news?.lanes ?? []) lanes.add(uid);
  }

  expect(times).toBeLessThanOrEqual(3);
});

test('a node whose connection is cut listens again, and takes webhooks for changed', async () => {
  const { database, nodes, told } = await openNodes(2);
  const [one, two] = nodes;
  const waiting = two?.news({ waitMs: WAIT_MS });

  await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchhook news'`;

  expect(await waiting).toEqual({ webhooks: true, lanes: [] });
  expect(await one?.news({ waitMs: WAIT_MS })).toEqual({ webhooks: true, lanes: [] });
  told[0]?.leftIn(3);
  expect(await two?.news({ waitMs: WAIT_MS })).toEqual({ webhooks: false, lanes: [3] });
});

test('failed log-ins of all nodes count together', async () => {
  const { nodes } = await openNodes(2);
  const [one, two] = nodes;
  await one?.loginsFailed([{ count: 'anna', ago: 0 }]);
  await two?.loginsFailed([{ count: 'anna', ago: 0 }]);

  const second = [{ count: 'anna', nth: 2 }];
  expect(await two?.failedLogins(second)).toEqual([expect.any(Number)]);
  expect(await one?.failedLogins(second)).toEqual([expect.any(Number)]);
  expect(await one?.failedLogins([{ count: 'ben', nth: 1 }])).toEqual([null]);
});
