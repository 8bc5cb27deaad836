/** A server that is ended at chosen moments, and comes back on the same data folder. */
import { watch } from 'node:fs';
import { expect } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { type SpawnedProcess, spawnProcess } from '../support/process.js';
import { deliveryUidOf } from '../support/receiver.js';
import type { Seeded } from '../support/seeded.js';
import {
  type AttemptsOf,
  endedEvents,
  faultsOfArrivals,
  faultsOfDeliveries,
  faultsOfRequests,
  REPEATS_PER_END,
  repeats,
} from './account.js';
import { Client, type EventView } from './client.js';
import { Load, nextNumber, type Posted } from './load.js';
import { attemptOf, type DataFolder, Door, dataFolder } from './site.js';

const [COMMON, RARE, RARER] = EVENT_TYPES as [string, string, string];
const SLOW_MS = 60;
const MOST_FAILURES = 3;

/**
 * The failing receiver answers the same to the same attempt, whoever asks and how often. One in ten: retries are
 * always due, and its circuit stays closed.
 */
const fails = (deliveryUid: number, attempt: number) =>
  attempt <= MOST_FAILURES && (deliveryUid * 7 + attempt) % 10 === 0;

export class CrashSite {
  readonly random: Seeded;
  readonly #folder: DataFolder;
  readonly #doors: { healthy: Door; failing: Door; slow: Door };
  /** How often the server was ended with work under way. */
  ends = 0;
  #starts = 0;
  #server: SpawnedProcess;
  #client = new Client('', '');
  #load: Load | null = null;
  readonly #posted: Posted[] = [];
  readonly #events: EventView[] = [];
  /** Deliveries that the API has called delivered, and how often each had arrived by then. */
  readonly #calledDelivered = new Map<number, number>();

  private constructor(random: Seeded, folder: DataFolder, doors: CrashSite['doors']) {
    this.random = random;
    this.#folder = folder;
    this.#doors = doors;
    this.#server = this.spawn();
  }

  static async open(random: Seeded): Promise<CrashSite> {
    const site = new CrashSite(random, await dataFolder(), {
      healthy: await Door.open([COMMON, RARE, RARER], 200),
      failing: await Door.open([COMMON, RARE], ({ headers }) =>
        fails(deliveryUidOf(headers), attemptOf(headers)) ? 500 : 200,
      ),
      slow: await Door.open(
        [RARE],
        () => new Promise((resolve) => void systemClock.schedule(SLOW_MS, () => resolve(204))),
      ),
    });
    site.#client = await Client.logIn(await site.#server.listening);
    for (const door of site.#all) {
      door.webhookUid = await site.#client.createWebhook(door.receiver.url, door.eventTypes);
    }
    return site;
  }

  get doors() {
    return this.#doors;
  }

  get #all(): Door[] {
    return Object.values(this.#doors);
  }

  get server(): SpawnedProcess {
    return this.#server;
  }

  /** Starts the server, and waits for nothing. */
  spawn(): SpawnedProcess {
    this.#starts += 1;
    this.#server = spawnProcess({
      dataDir: this.#folder.path,
      env: {
        LATCHHOOK_LOG_LEVEL: 'info',
        LATCHHOOK_RETRY_BASE_MS: '40',
        LATCHHOOK_RETRY_FACTOR: '1',
        LATCHHOOK_USER_AGENT: `start-${this.#starts}`,
      },
    });
    return this.#server;
  }

  /** Clients begin to post, and somebody looks up what became of it. */
  startLoad(): Load {
    const load = new Load({
      client: this.#client,
      random: this.random,
      eventTypes: [COMMON, RARE, RARER],
      clients: 6,
      largestBatch: 20,
    });
    this.#load = load;
    void this.#lookUp(load);
    return load;
  }

  /** Resolves at the k-th arrival from now, whichever receiver it reaches. */
  async arrived(k: number): Promise<void> {
    const before = this.#all.map((door) => door.receiver.requests.length);
    await Promise.race(this.#all.map((door, i) => door.receiver.next((before[i] ?? 0) + k)));
  }

  /** Resolves at the k-th change of a file in the data folder from now: a commit, a checkpoint, a step of the start. */
  changed(k: number, name = /./): Promise<void> {
    return new Promise((resolve) => {
      let left = k;
      const watcher = watch(this.#folder.path, (_event, file) => {
        if (!name.test(file ?? '') || --left > 0) return;
        watcher.close();
        resolve();
      });
      void this.#server.exited.then(() => watcher.close());
    });
  }

  /** `kill -9`, some turns of the event loop after the moment. */
  async killAfter(moment: Promise<unknown>): Promise<void> {
    await moment;
    for (let turns = this.random.between(0, 12); turns > 0; turns--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#server.kill('SIGKILL');
    await this.#server.exited;
    this.ends += 1;
  }

  /** The clients have noticed; what they sent is entered. */
  async endLoad(): Promise<void> {
    await this.#load?.stop();
    this.#posted.push(...(this.#load?.posted ?? []));
    this.#load = null;
  }

  /** Waits until all that is owed has been delivered, and holds it against what was promised. */
  async settle(): Promise<void> {
    this.#client.url = await this.#server.listening;
    const marker: Posted = {
      numbers: [nextNumber()],
      types: [RARE],
      batch: false,
      outcome: 'accepted',
      eventIds: [],
    };
    const { status, body } = await this.#client.post({ event_type: RARE, data: { n: marker.numbers[0] } });
    expect(status).toBe(202);
    marker.eventIds = body.items.map((item) => item.event_id);
    this.#posted.push(marker);
    const from = (this.#events.at(-1)?.event_id ?? 0) + 1;
    this.#events.push(...(await endedEvents(this.#client, from, marker.eventIds[0] ?? 0)));

    const attemptsOf: AttemptsOf = (door, uid) => {
      let attempt = 1;
      while (door === this.#doors.failing && fails(uid, attempt)) attempt++;
      return attempt;
    };
    const faults = [
      ...faultsOfRequests(this.#posted, this.#events),
      ...faultsOfDeliveries(this.#events, this.#all, attemptsOf),
      ...faultsOfArrivals(this.#events, this.#all, attemptsOf),
      ...this.#faultsOfReports(),
    ];
    expect(faults.slice(0, 20), `seed ${this.random.seed}`).toEqual([]);
  }

  /** Attempts that arrived twice, by receiver; asserts that an end can explain each. */
  repeats(): Record<'healthy' | 'failing' | 'slow', number> {
    const { healthy, failing, slow } = this.#doors;
    const count = (door: Door) => {
      const repeated = repeats(door.arrivals).length;
      expect(repeated, `seed ${this.random.seed}`).toBeLessThanOrEqual(this.ends * REPEATS_PER_END);
      return repeated;
    };
    return { healthy: count(healthy), failing: count(failing), slow: count(slow) };
  }

  /** Said in one line: what was done to it, and what came of it. */
  summary(): string {
    const count = (outcome: Posted['outcome']) =>
      this.#posted.filter((one) => one.outcome === outcome).length;
    const { healthy, failing, slow } = this.repeats();
    return (
      `${this.ends} ends under load, ${this.#posted.length} requests (${count('lost')} without an answer, ` +
      `${count('refused')} refused), ${this.#events.length} events; ` +
      `arrived twice: ${healthy} healthy, ${failing} failing, ${slow} slow; ` +
      `at most ${this.ends * REPEATS_PER_END} each can be explained; ` +
      `${this.#calledDelivered.size} were called delivered while it ran`
    );
  }

  async close(): Promise<void> {
    for (const door of this.#all) await door.receiver.close();
    await this.#folder.remove();
  }

  /** Asks for accepted events, over and over, until the server is gone. */
  async #lookUp(load: Load): Promise<void> {
    try {
      while (load === this.#load) {
        const accepted = load.posted.filter(({ outcome }) => outcome === 'accepted');
        const eventId = accepted[this.random.between(0, accepted.length)]?.eventIds[0];
        if (eventId === undefined) await load.accepted(1);
        else this.#note(await this.#client.event(eventId));
      }
    } catch {
      // The server is gone, as it should be.
    }
  }

  #note(event: EventView | null): void {
    for (const { item_uid: uid, status } of event?.deliveries ?? []) {
      if (status !== 'delivered' || this.#calledDelivered.has(uid)) continue;
      this.#calledDelivered.set(uid, this.#arrivalsOf(uid));
    }
  }

  #arrivalsOf(uid: number): number {
    return this.#all.flatMap((door) => door.arrivals.filter(({ deliveryUid }) => deliveryUid === uid)).length;
  }

  #faultsOfReports(): string[] {
    const now = new Map<number, number>();
    for (const { deliveryUid } of this.#all.flatMap((door) => [...door.arrivals])) {
      now.set(deliveryUid, (now.get(deliveryUid) ?? 0) + 1);
    }
    return [...this.#calledDelivered]
      .filter(([uid, before]) => now.get(uid) !== before)
      .map(
        ([uid, before]) =>
          `wh_${uid} was called delivered after ${before} arrivals, and there are ${now.get(uid)}`,
      );
  }
}
