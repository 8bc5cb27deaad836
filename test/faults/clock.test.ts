import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { ManualClock } from '../support/clock.js';
import type { ReceivedRequest } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';
import { repeats } from './account.js';
import { Client } from './client.js';
import { attemptOf, Door } from './site.js';

const TYPE = EVENT_TYPES[0] ?? '';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BASE_MS = 5_000;
/** The fifth that fails opens the circuit: more would not be attempted before that. */
const EVENTS = 5;
const numbers = Array.from({ length: EVENTS }, (_, i) => i + 1);

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

interface Scene {
  clock: ManualClock;
  server: TestServer;
  client: Client;
  door: Door;
}

/**
 * A server whose first attempts are recorded, and have failed for the events up to `failing`: their retries
 * fall due in about 5 s. When all have failed the circuit is open as well.
 */
async function retriesDue(failing = Number.POSITIVE_INFINITY): Promise<Scene> {
  const clock = new ManualClock();
  const server = await startTestServer({ clock, env: { LATCHHOOK_RETRY_BASE_MS: String(BASE_MS) } });
  opened.push({ close: () => server.stop() });
  const fails = ({ headers, body }: ReceivedRequest) =>
    attemptOf(headers) === 1 && JSON.parse(body.toString()).data.n <= failing;
  const door = await Door.open([TYPE], (request) => (fails(request) ? 500 : 200));
  opened.push({ close: () => door.receiver.close() });
  const client = await Client.logIn(server.url, ADMIN_PASSWORD);
  door.webhookUid = await client.createWebhook(door.receiver.url, [TYPE]);
  const { status } = await client.post(numbers.map((n) => ({ event_type: TYPE, data: { n } })));
  expect(status).toBe(202);
  await door.has(numbers);
  for (const n of numbers) await recordedAttempts(client, n, 1);
  return { clock, server, client, door };
}

async function recordedAttempts(client: Client, eventId: number, attempts: number): Promise<void> {
  for (let tries = 0; tries < 5_000; tries++) {
    if ((await client.event(eventId))?.deliveries[0]?.attempts === attempts) return;
  }
  throw new Error(`event ${eventId} never had ${attempts} attempts`);
}

/** Each came with its first attempt and its second, and no more; a new event still arrives. */
async function expectOneRetryEach({ client, door, clock }: Scene): Promise<void> {
  await door.receiver.next(2 * EVENTS);
  for (const n of numbers) {
    const event = await client.endedEvent(n);
    expect(event?.deliveries).toMatchObject([{ status: 'delivered', attempts: 2 }]);
  }
  const { status } = await client.post({ event_type: TYPE, data: { n: EVENTS + 1 } });
  expect(status).toBe(202);
  await door.has([EVENTS + 1]);
  await recordedAttempts(client, EVENTS + 1, 1);
  clock.advance(2 * BASE_MS);
  await door.receiver.next(2 * EVENTS + 2);
  expect((await client.endedEvent(EVENTS + 1))?.deliveries).toMatchObject([
    { status: 'delivered', attempts: 2 },
  ]);
  expect(door.arrivals).toHaveLength(2 * EVENTS + 2);
  expect(repeats(door.arrivals)).toEqual([]);
}

test('retries are made, each once, when the clock is set forward by an hour', async () => {
  const scene = await retriesDue();
  scene.clock.jump(HOUR_MS);
  scene.clock.advance(2 * BASE_MS);
  await expectOneRetryEach(scene);
});

test('retries wait at most the hour longer, and are made once each, when the clock is set back by an hour', async () => {
  const scene = await retriesDue();
  scene.clock.jump(-HOUR_MS);
  scene.clock.advance(HOUR_MS + 2 * BASE_MS);
  await expectOneRetryEach(scene);
});

test('new events are delivered at once while retries wait for a clock that was set back', async () => {
  // given a few retries, which leave the circuit closed
  const scene = await retriesDue(2);
  scene.clock.jump(-HOUR_MS);
  const late = EVENTS + 1;
  expect((await scene.client.post({ event_type: TYPE, data: { n: late } })).status).toBe(202);
  await scene.door.has([late]);
  expect((await scene.client.endedEvent(late))?.deliveries).toMatchObject([
    { status: 'delivered', attempts: 1 },
  ]);
});

test('retries are made at once, each once, when the clock is set back by more than any delay', async () => {
  const scene = await retriesDue();
  scene.clock.jump(-2 * DAY_MS);
  scene.clock.advance(2 * BASE_MS);
  await expectOneRetryEach(scene);
});
