import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { createDatabase } from '../support/postgres.js';
import { ADMIN_PASSWORD } from '../support/process.js';
import { startReceiver } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { until } from '../support/until.js';
import { Client } from './client.js';
import { nextNumber } from './load.js';
import { dataFolder } from './site.js';

const EVENTS = rounds(400, 60);
const HALF_A_MINUTE = 30_000;
/** ms that a busy machine may take for what is said to happen now; far less than the clocks differ. */
const TOLERATED_MS = 10_000;
const [OFTEN = '', IN_TURN = ''] = EVENT_TYPES;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

test('two nodes with clocks a minute apart agree: retries, ages, order, log-ins and keys go by the store', async () => {
  const database = await createDatabase();
  opened.push({ close: () => database.drop() });
  const secretKey = randomBytes(32).toString('hex');
  const [late, early] = await Promise.all([
    node(database.url, secretKey, -HALF_A_MINUTE),
    node(database.url, secretKey, HALF_A_MINUTE),
  ]);
  const clients = await Promise.all([late, early].map(({ url }) => Client.logIn(url)));
  const [one, other] = clients as [Client, Client];
  // The first attempt of each fails; whoever makes the next goes by what the other wrote.
  const plain = await startReceiver({
    answer: ({ headers }) => (headers['x-webhook-attempt'] === '1' ? 500 : 200),
  });
  const inTurn = await startReceiver();
  opened.push(plain, inTurn);
  const plainUid = await one.createWebhook(plain.url, [OFTEN], { max_age: 20 });
  const inTurnUid = await other.createWebhook(inTurn.url, [IN_TURN], { ordered: true, max_age: 20 });

  const began = systemClock.now();
  const order: number[] = [];
  for (let n = 0; n < EVENTS; n++) {
    const client = n % 2 === 0 ? one : other;
    const ordered = n % 4 < 2;
    const number = nextNumber();
    const event = { event_type: ordered ? IN_TURN : OFTEN, data: { n: number } };
    expect((await client.post({ ...event, idempotency_key: `k-${number}` })).status).toBe(202);
    if (ordered) order.push(number);
    // The other node knows the key, and gives no second event.
    const again = await (client === one ? other : one).post({ ...event, idempotency_key: `k-${number}` });
    expect(again.body.items).toMatchObject([{ duplicate: true }]);
  }
  await until(
    () => database.sql<{ open: number }[]>`select count(*)::int as open from delivery where state < 2`,
    ([row]) => row?.open === 0,
    1_000_000,
  );
  const ended = systemClock.now();

  expect(
    await database.sql`select webhook_uid, state, count(*)::int from delivery group by 1, 2 order by 1`,
  ).toEqual([
    { webhook_uid: String(plainUid), state: 2, count: EVENTS / 2 },
    { webhook_uid: String(inTurnUid), state: 2, count: EVENTS / 2 },
  ]);
  expect(inTurn.requests.map(({ body }) => JSON.parse(body.toString()).data.n)).toEqual(order);
  expect(plain.requests).toHaveLength(EVENTS);
  for (const { headers, body, at } of [...plain.requests, ...inTurn.requests]) {
    const createdAt = JSON.parse(body.toString()).created_at as number;
    expect(createdAt).toBeGreaterThan(began - TOLERATED_MS);
    expect(createdAt).toBeLessThan(ended + TOLERATED_MS);
    expect(Math.abs(Number(headers['webhook-timestamp']) * 1000 - at)).toBeLessThan(TOLERATED_MS);
    expect(Number(headers['x-webhook-event-age'])).toBeLessThan(TOLERATED_MS / 1000);
  }
  for (const [client, there] of [
    [one, early],
    [other, late],
  ] as const) {
    const elsewhere = new Client(there.url, client.authorization);
    expect((await elsewhere.call('GET', '/api/v1/webhooks')).status).toBe(200);
  }
});

/** On a machine whose clock is wrong by so much. */
async function node(databaseUrl: string, secretKey: string, wrongByMs: number): Promise<RunningServer> {
  const folder = await dataFolder();
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + wrongByMs };
  const config = readConfig(
    {
      LATCHHOOK_PORT: '0',
      LATCHHOOK_DATA_DIR: folder.path,
      LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
      LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
      LATCHHOOK_LOG_LEVEL: 'silent',
      LATCHHOOK_DATABASE_URL: databaseUrl,
      LATCHHOOK_SECRET_KEY: secretKey,
      LATCHHOOK_RETRY_BASE_MS: '40',
      LATCHHOOK_RETRY_FACTOR: '1',
    },
    {},
    folder.path,
  );
  const server = await startServer(config, { clock });
  opened.push({
    async close() {
      await server.stop();
      await folder.remove();
    },
  });
  return server;
}
