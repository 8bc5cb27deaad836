import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { endProcesses, startProcess } from '../support/process.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { until } from '../support/until.js';
import { Client } from './client.js';
import { dataFolder } from './site.js';

const DELIVERIES = rounds(100_000, 5_000);
const BATCH = 1_000;
const TYPE = EVENT_TYPES[0] ?? '';
/** What may be open beside what was answered: one group of the job. */
const GROUP = 256;
/** Questions; each goes through the server while it works. */
const TRIES = 500_000;

interface Resend {
  state: string;
  total: number;
  done: number;
  skipped: number;
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await endProcesses();
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Answers 200 to so many requests as it was told to, and leaves the others waiting. */
class Gate {
  #room = 0;
  #waiting: ((status: number) => void)[] = [];

  answer = (): number | Promise<number> => {
    if (this.#room > 0) {
      this.#room--;
      return 200;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  };

  open(count: number): void {
    this.#room += count;
    for (const resolve of this.#waiting.splice(0, this.#room)) {
      this.#room--;
      resolve(200);
    }
  }

  /** The sender is gone: nobody waits for an answer. */
  forget(): void {
    this.#waiting = [];
  }
}

async function counts(client: Client): Promise<Record<string, number>> {
  const count = async (status: string) => {
    const query = `filter_field=status&filter_value=${status}`;
    const { body } = await client.call<{ list_option: { pagination: { total_items: number } } }>(
      'GET',
      `/api/v1/webhooks/events?${query}`,
    );
    return body.list_option.pagination.total_items;
  };
  const statuses = ['pending', 'retrying', 'held', 'delivered', 'failed', 'cancelled', 'expired'];
  const counted: [string, number][] = [];
  for (const status of statuses) counted.push([status, await count(status)]);
  return Object.fromEntries(counted.filter(([, found]) => found > 0));
}

/** Deliveries that a disabled webhook held and enabling expired. */
async function expired(client: Client, receiver: Receiver, count: number): Promise<number> {
  const entity = { url: receiver.url, event_types: [TYPE], max_retries: 5, timeout: 30_000 };
  const uid = await client.createWebhook(receiver.url, [TYPE], { ...entity, status: 'disabled' });
  for (let n = 0; n < count; n += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, i) => ({ event_type: TYPE, data: { n: n + i + 1 } }));
    const { status } = await client.post(batch);
    expect(status).toBe(202);
  }
  const body = { ...entity, status: 'active', held: 'expire' };
  expect((await client.call('PUT', `/api/v1/webhooks/${uid}`, body)).status).toBe(200);
  await until(
    () => counts(client),
    (now) => now['expired'] === count,
    TRIES,
  );
  return uid;
}

test(`${DELIVERIES} deliveries are sent again with progress, through a kill -9, a cancel and a second job, and all ends are exact`, async () => {
  const folder = await dataFolder();
  opened.push({ close: folder.remove });
  const gate = new Gate();
  const receiver = await startReceiver({ answer: gate.answer });
  opened.push({ close: () => receiver.close() });
  let server = await startProcess({ dataDir: folder.path });
  const client = await Client.logIn(server.url);
  const webhookUid = await expired(client, receiver, DELIVERIES);
  expect(receiver.requests).toHaveLength(0);
  const start = async () => {
    const body = { webhook_uid: webhookUid };
    return (await client.call<{ item_uid: number; total: number }>('POST', '/api/v1/resends', body)).body;
  };
  const progress = async (uid: number) => (await client.call<Resend>('GET', `/api/v1/resends/${uid}`)).body;
  const reaches = (uid: number, done: number) =>
    until(
      () => progress(uid),
      (job) => job.done >= done,
      TRIES,
    );

  // A first part, until the process is killed in the middle of it.
  const fifth = DELIVERIES / 5;
  const first = await start();
  expect(first.total).toBe(DELIVERIES);
  gate.open(fifth);
  const killedAt = await reaches(first.item_uid, fifth);
  expect(killedAt).toMatchObject({ state: 'running', total: DELIVERIES, skipped: 0 });
  expect(killedAt.done).toBeLessThanOrEqual(fifth + GROUP);
  server.kill('SIGKILL');
  await server.exited;
  gate.forget();

  // It goes on where it was, and is cancelled.
  server = await startProcess({ dataDir: folder.path });
  client.url = server.url;
  const resumed = await progress(first.item_uid);
  expect(resumed.state).toBe('running');
  expect(resumed.done).toBeGreaterThanOrEqual(killedAt.done);
  gate.open(fifth + GROUP);
  await reaches(first.item_uid, 2 * fifth);
  expect((await client.call('DELETE', `/api/v1/resends/${first.item_uid}`)).status).toBe(200);
  const cancelled = await progress(first.item_uid);
  expect(cancelled).toMatchObject({ state: 'cancelled', total: DELIVERIES, skipped: 0 });
  gate.open(DELIVERIES);
  await until(
    () => counts(client),
    (now) => now['delivered'] === cancelled.done,
    TRIES,
  );
  expect(await counts(client)).toEqual({ delivered: cancelled.done, expired: DELIVERIES - cancelled.done });

  // A second job finds exactly the rest.
  const second = await start();
  expect(second.total).toBe(DELIVERIES - cancelled.done);
  const done = await until(
    () => progress(second.item_uid),
    ({ state }) => state !== 'running',
    TRIES,
  );
  expect(done).toMatchObject({ state: 'done', done: second.total, total: second.total, skipped: 0 });
  await until(
    () => counts(client),
    (now) => now['delivered'] === DELIVERIES,
    TRIES,
  );
  expect(await counts(client)).toEqual({ delivered: DELIVERIES });
  const arrived = new Set(receiver.requests.map(({ headers }) => headers['webhook-id']));
  expect(arrived.size).toBe(DELIVERIES);
  const { body: dashboard } = await client.call('GET', '/api/v1/webhooks/events/retry/dashboard');
  expect(dashboard).toEqual({ success_rate: 100, delivered: DELIVERIES, failed: 0, retrying: 0 });
}, 900_000);
