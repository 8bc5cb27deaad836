/** Names that hang, fail, turn and come late, through the whole server. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import {
  type DeliveryItem,
  deliveryOf,
  ended,
  eventOf,
  report,
  reportAll,
  subscribe,
} from '../support/deliveries.js';
import { afterwards, aReceiver, aServer } from '../support/ephemeral.js';
import { rounds } from '../support/rounds.js';
import { ADMIN_PASSWORD } from '../support/server.js';
import { until } from '../support/until.js';

const HANGING = rounds(50, 12);
const isOpen = ({ status }: DeliveryItem) => ['pending', 'retrying', 'held'].includes(status);

/** A name that ends in `.hangs` keeps a thread of the pool, as the system's resolver does, until `letGo`. */
function hangingNames() {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  let begun = 0;
  let released = 0;
  const waiting = new Set<Promise<void>>();
  const hang = async (): Promise<string[]> => {
    begun++;
    // Opening a pipe that nobody writes to blocks its thread.
    const opened = open(pipe, 'r').then(async (file) => {
      released++;
      await file.close();
    });
    waiting.add(opened);
    await opened;
    waiting.delete(opened);
    return [];
  };
  return {
    hang,
    begun: () => begun,
    released: () => released,
    async letGo(): Promise<void> {
      // With both ends open, and so on the main thread, since the others may all be taken.
      const both = openSync(pipe, 'r+');
      while (waiting.size > 0) await Promise.all(waiting);
      closeSync(both);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test(`while ${HANGING} names hang, log-ins are answered and other names are resolved`, async () => {
  // given names that block their threads
  const names = hangingNames();
  const receiver = await aReceiver();
  const server = await aServer({
    resolve: async (name) => (name.endsWith('.hangs') ? names.hang() : ['127.0.0.1']),
  });
  afterwards(names.letGo);
  const good = `http://good.test:${new URL(receiver.url).port}/`;
  await subscribe(server, good);
  await Promise.all(
    Array.from({ length: HANGING }, (_, n) => subscribe(server, `http://door-${n}.hangs:9/`)),
  );
  const id = await report(server);
  expect(names.begun()).toBeGreaterThan(0);
  // when somebody logs in with a password that is not remembered
  await server.account('late', 'user');
  const body = { username: 'late', password: ADMIN_PASSWORD };
  const answer = await server.call('POST', '/api/v1/login', { body });
  await receiver.next(1);
  // then nothing had to end for it
  expect(answer.status).toBe(200);
  expect(names.released()).toBe(0);
  expect((await eventOf(server, id)).deliveries).toHaveLength(1 + HANGING);
});

test('a name that does not resolve costs no delivery: each is made once it does', async () => {
  const clock = new ManualClock();
  const receiver = await aReceiver();
  let known = false;
  const server = await aServer({
    clock,
    resolve: async () => {
      if (known) return ['127.0.0.1'];
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    },
  });
  await subscribe(server, `http://new.test:${new URL(receiver.url).port}/`, { max_retries: 1 });
  const ids = await reportAll(server, [{}, {}, {}, {}]);
  for (const id of ids) await deliveryOf(server, id, ({ attempts }) => attempts >= 1);
  for (let n = 0; n < 3; n++) {
    const before = await attemptsOf(ids);
    clock.suspend(300_000);
    await until(
      () => attemptsOf(ids),
      (now) => now > before,
    );
  }
  const [first] = (await eventOf(server, ids[0] ?? 0)).deliveries;
  expect(first?.attempt_log[0]).toMatchObject({
    error: 'name not resolved (ENOTFOUND)',
    response_status: null,
  });

  known = true;

  for (const id of ids) await delivered(id);
  expect(receiver.requests).toHaveLength(4);

  async function attemptsOf(of: readonly number[]): Promise<number> {
    const events = await Promise.all(of.map((id) => eventOf(server, id)));
    return events.reduce((sum, { deliveries }) => sum + (deliveries[0]?.attempts ?? 0), 0);
  }

  async function delivered(id: number): Promise<void> {
    const event = await until(
      () => {
        clock.suspend(1_000);
        return eventOf(server, id);
      },
      ({ deliveries }) => deliveries[0] !== undefined && !isOpen(deliveries[0]),
    );
    expect(event.deliveries).toMatchObject([{ status: 'delivered' }]);
  }
});

test('a name that flips between a good and a forbidden address is never followed to that one, and each delivery ends', async () => {
  // given a receiver at each of two addresses with the same port, one of them forbidden
  const clock = new ManualClock();
  const good = await aReceiver({
    host: '127.0.0.2',
    answer: { status: 200, headers: { Connection: 'close' } },
  });
  const port = Number(new URL(good.url).port);
  const forbidden = await aReceiver({ host: '127.0.0.1', port });
  let asked = 0;
  const server = await aServer({
    clock,
    env: { LATCHHOOK_EGRESS_ALLOW: '127.0.0.2' },
    resolve: async () => [asked++ % 2 === 0 ? '127.0.0.2' : '127.0.0.1'],
  });
  await subscribe(server, `http://flips.test:${port}/`, { max_retries: 5 });
  // when events come while the answer flips
  const ids: number[] = [];
  let refused = 0;
  for (let n = 0; n < rounds(60, 20); n++) {
    const id = await report(server);
    ids.push(id);
    const { attempt_log: log } = await deliveryOf(server, id, ({ attempts }) => attempts > 0);
    if (log[0]?.error?.startsWith('address not allowed (127.0.0.1')) refused++;
    clock.suspend(31_000);
    await deliveryOf(server, id, (delivery) => {
      if (isOpen(delivery)) clock.suspend(31_000);
      return ended(delivery);
    });
  }
  // then
  const states = await Promise.all(ids.map(async (id) => (await eventOf(server, id)).deliveries[0]?.status));
  expect(states).toEqual(ids.map(() => 'delivered'));
  expect(refused).toBeGreaterThan(0);
  expect(good.requests).toHaveLength(ids.length);
  expect(forbidden.requests).toHaveLength(0);
});

test('a name that answers slower than the limit fails once, and its answer serves the next attempt', async () => {
  const clock = new ManualClock();
  const receiver = await aReceiver();
  let answer: (addresses: string[]) => void = () => {};
  const server = await aServer({ clock, resolve: () => new Promise((resolve) => (answer = resolve)) });
  await subscribe(server, `http://slow.test:${new URL(receiver.url).port}/`);
  const id = await report(server);
  const failed = await deliveryOf(server, id, ({ attempts }) => attempts === 1);
  expect(failed.attempt_log[0]?.error).toBe('name not resolved (no answer within 2000 ms)');

  answer(['127.0.0.1']);
  clock.advance(6_000);

  expect(await deliveryOf(server, id, ended)).toMatchObject({ status: 'delivered', attempts: 2 });
});
