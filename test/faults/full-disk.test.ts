import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { TRIAL } from '../../src/domain/width.js';
import { endProcesses } from '../support/process.js';
import type { Reply } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import {
  endedEvents,
  faultsOfArrivals,
  faultsOfDeliveries,
  faultsOfRequests,
  REPEATS_PER_END,
  repeats,
} from './account.js';
import { Client } from './client.js';
import { type FillableServer, type FullDisk, fullDisks } from './full-disk.js';
import { nextNumber, type Posted } from './load.js';
import { type DataFolder, Door } from './site.js';

const ROUNDS = rounds(5, 1);
const TYPES = [EVENT_TYPES[0] ?? ''];
/** More than a group of the store, and more than the free room of pages that are in use. */
const BATCH = 60;
const BLOCKED = /takes no outcomes/;
const FREE = /takes outcomes again/;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await endProcesses();
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** A receiver whose answers can be held back, and are then given all at once. */
class Gate {
  #waiting: ((reply: Reply) => void)[] = [];
  #shut = false;
  answered = 0;

  readonly answer = (): Reply | Promise<Reply> => {
    this.answered += 1;
    if (!this.#shut) return { status: 200 };
    this.answered -= 1;
    return new Promise((resolve) => this.#waiting.push(resolve));
  };

  shut(): void {
    this.#shut = true;
  }

  open(): void {
    this.#shut = false;
    this.answered += this.#waiting.length;
    for (const resolve of this.#waiting.splice(0)) resolve({ status: 200 });
  }
}

interface Scene {
  folder: DataFolder;
  server: FillableServer;
  client: Client;
  posted: Posted[];
  prompt: Door;
  gated: Door;
  gate: Gate;
}

async function open(disk: FullDisk): Promise<Scene> {
  const folder = await disk.folder();
  opened.push({ close: folder.remove });
  const server = await disk.start(folder, 'start-1');
  const client = await Client.logIn(server.url);
  const gate = new Gate();
  const prompt = await Door.open(TYPES, 200);
  const gated = await Door.open(TYPES, gate.answer);
  for (const door of [prompt, gated]) {
    opened.push({ close: () => door.receiver.close() });
    door.webhookUid = await client.createWebhook(door.receiver.url, TYPES, { timeout: 30_000 });
  }
  return { folder, server, client, posted: [], prompt, gated, gate };
}

/** Posts a batch, or a single event; what a refusal must be is asserted here. */
async function post({ client, posted }: Scene, size: number, filling = ''): Promise<Posted> {
  const numbers = Array.from({ length: size }, nextNumber);
  const events = numbers.map((n) => ({ event_type: TYPES[0], data: { n, filling } }));
  const { status, headers, body } = await client.post(size === 1 ? (events[0] ?? {}) : events);
  const accepted = status === 202;
  if (!accepted) {
    expect({ status, body }).toEqual({ status: 503, body: { error: 'Service unavailable' } });
    expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  }
  const request: Posted = {
    numbers,
    types: numbers.map(() => TYPES[0] ?? ''),
    batch: size > 1,
    outcome: accepted ? 'accepted' : 'refused',
    eventIds: accepted ? body.items.map((item) => item.event_id) : [],
  };
  posted.push(request);
  return request;
}

/** Asks for something that needs no room, so often that all that was ready to happen has happened. */
async function liveOn({ client }: Scene): Promise<void> {
  for (let i = 0; i < 150; i++) expect((await client.call('GET', '/health/live')).status).toBe(200);
}

/** Fills the disk while attempts are under way, and gives the answers that the store then cannot take. */
async function fillUnderWay(scene: Scene): Promise<void> {
  const { server, gated, gate } = scene;
  const blockedBefore = server.logged(BLOCKED);
  const before = gated.arrivals.length;
  gate.shut();
  for (let i = 0; i < 5; i++) await post(scene, BATCH);
  // A receiver that has not answered yet is asked for no more at a time.
  await gated.receiver.next(before + TRIAL);

  server.fill();
  let refused = 0;
  for (let i = 0; i < 400 && refused < 3; i++) {
    const { outcome } = await post(scene, i % 2 ? 1 : BATCH, 'x'.repeat(3000));
    refused += outcome === 'refused' ? 1 : 0;
  }
  expect(refused).toBe(3);
  gate.open();
  for (let i = 0; i < 400 && server.logged(BLOCKED) === blockedBefore; i++) await liveOn(scene);
  expect(server.logged(BLOCKED)).toBeGreaterThan(blockedBefore);
}

function expectAccountsToMatch(scene: Scene, events: Awaited<ReturnType<typeof endedEvents>>): void {
  const doors = [scene.prompt, scene.gated];
  const faults = [
    ...faultsOfRequests(scene.posted, events),
    ...faultsOfDeliveries(events, doors, () => 1),
    ...faultsOfArrivals(events, doors, () => 1),
  ];
  expect(faults.slice(0, 20)).toEqual([]);
}

/** When there is room again: a new event is accepted, and all that was is delivered, and nothing else. */
async function everythingArrives(scene: Scene): Promise<void> {
  const { client } = scene;
  const last = await post(scene, 1);
  expect(last.outcome).toBe('accepted');
  expectAccountsToMatch(scene, await endedEvents(client, 1, last.eventIds[0] ?? 0));
}

test.each(fullDisks())(
  `a full disk ($name) refuses events whole, stops attempts, and all goes on by itself when there is room (${ROUNDS} rounds)`,
  async (disk) => {
    const scene = await open(disk);
    const { server, prompt, gated } = scene;

    for (let round = 0; round < ROUNDS; round++) {
      await fillUnderWay(scene);

      // Nothing begins while outcomes wait.
      await liveOn(scene);
      const begun = [prompt.arrivals.length, gated.arrivals.length];
      expect((await post(scene, BATCH, 'x'.repeat(3000))).outcome).toBe('refused');
      await liveOn(scene);
      expect([prompt.arrivals.length, gated.arrivals.length]).toEqual(begun);
      expect(server.alive()).toBe(true);

      const freeBefore = server.logged(FREE);
      server.makeRoom();
      for (let i = 0; i < 400 && server.logged(FREE) === freeBefore; i++) await liveOn(scene);
      await everythingArrives(scene);
    }

    const arrived = [prompt, gated].map((door) => repeats(door.arrivals).length);
    console.log(`full disk (${disk.name}): ${scene.posted.length} requests, arrived twice: ${arrived}`);
    expect(arrived).toEqual([0, 0]);
    expect(server.alive()).toBe(true);
    expect(await server.end('SIGTERM')).toBe(0);
  },
);

const endings = fullDisks().flatMap((disk) =>
  disk.endings.map((signal) => ({ disk, signal, name: disk.name })),
);

test.each(endings)(
  'a server that ends by $signal while its disk is full ($name) still delivers what it owed',
  async ({ disk, signal }) => {
    const scene = await open(disk);
    await fillUnderWay(scene);

    expect(await scene.server.end(signal)).toBe(signal === 'SIGTERM' ? 0 : null);
    scene.server.makeRoom();
    scene.server = await disk.start(scene.folder, 'start-2');
    scene.client.url = scene.server.url;

    await everythingArrives(scene);
    const arrived = [scene.prompt, scene.gated].map((door) => repeats(door.arrivals).length);
    console.log(`full disk (${disk.name}), ${signal}: arrived twice: ${arrived}`);
    for (const count of arrived) expect(count).toBeLessThanOrEqual(REPEATS_PER_END);
    expect(await scene.server.end('SIGTERM')).toBe(0);
  },
);
