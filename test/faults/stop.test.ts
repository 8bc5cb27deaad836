import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { endProcesses, type ServerProcess, startProcess } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { seeded } from '../support/seeded.js';
import {
  endedEvents,
  faultsOfArrivals,
  faultsOfDeliveries,
  faultsOfRequests,
  REPEATS_PER_END,
  repeats,
} from './account.js';
import { Client } from './client.js';
import { Load } from './load.js';
import { Door, dataFolder } from './site.js';

const ROUNDS = rounds(4, 1);
const LONGEST_STOP_MS = 10_000;
const [COMMON, RARE] = EVENT_TYPES as [string, string];

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await endProcesses();
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** SIGTERM, and how long it took until it was gone. */
async function stop(server: ServerProcess): Promise<void> {
  const begun = systemClock.monotonic();
  server.kill('SIGTERM');
  const exit = await server.exited;
  expect(exit).toEqual({ code: 0, signal: null });
  expect(server.stderr).toContain('latchhook: stopped');
  expect(systemClock.monotonic() - begun).toBeLessThan(LONGEST_STOP_MS);
}

/** A client that has begun a request and says nothing more. */
async function halfRequest({ url, authorization }: Client): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  opened.push({ close: async () => void socket.destroy() });
  socket.write(
    `POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 1000\r\n\r\n{`,
  );
}

test(`SIGTERM under load, with receivers that hang, ends within 10 s and loses nothing (${ROUNDS} rounds)`, async () => {
  const random = seeded();
  console.log(`graceful stop: FAULT_SEED=${random.seed}`);
  const folder = await dataFolder();
  opened.push({ close: folder.remove });
  let hangs = true;
  const healthy = await Door.open([COMMON, RARE], 200);
  const hanging = await Door.open([RARE], () => (hangs ? new Promise(() => {}) : 200));
  const doors = [healthy, hanging];
  for (const door of doors) opened.push({ close: () => door.receiver.close() });

  let starts = 0;
  const start = () =>
    startProcess({ dataDir: folder.path, env: { LATCHHOOK_USER_AGENT: `start-${++starts}` } });
  let server = await start();
  const client = await Client.logIn(server.url);
  for (const door of doors) {
    door.webhookUid = await client.createWebhook(door.receiver.url, door.eventTypes, { timeout: 30_000 });
  }

  const posted: Load['posted'] = [];
  for (let round = 0; round < ROUNDS; round++) {
    hangs = true;
    const eventTypes = [COMMON, RARE] as const;
    const load = new Load({ client, random, eventTypes, clients: 4, largestBatch: 20 });
    await load.accepted(random.between(20, 60));
    await halfRequest(client);
    await stop(server);
    await load.stop();
    posted.push(...load.posted);

    hangs = false;
    server = await start();
    client.url = server.url;
    const accepted = posted.filter(({ outcome }) => outcome === 'accepted');
    const last = Math.max(...accepted.flatMap(({ eventIds }) => eventIds));
    // None took a number for the try that was cut off: each ends with its first.
    const events = await endedEvents(client, 1, last);
    expect(
      [
        ...faultsOfRequests(accepted, events),
        ...faultsOfDeliveries(events, doors, () => 1),
        ...faultsOfArrivals(events, doors, () => 1),
      ].slice(0, 20),
    ).toEqual([]);
  }

  const cutOff = repeats(hanging.arrivals).length;
  console.log(`graceful stop: ${posted.length} requests, ${cutOff} attempts were cut off and made again`);
  expect(repeats(healthy.arrivals)).toEqual([]);
  expect(cutOff).toBeGreaterThan(0);
  expect(cutOff).toBeLessThanOrEqual(ROUNDS * REPEATS_PER_END);
});
