/** Clients that report events, one at a time or in batches, and keep account of what they were told. */
import { EventEmitter, once } from 'node:events';
import type { Seeded } from '../support/seeded.js';
import type { Client } from './client.js';

export interface Posted {
  /** The numbers of its events, in order. */
  numbers: number[];
  types: string[];
  batch: boolean;
  /** `lost`: no answer came, it may have been accepted. `refused`: an answer other than 202. */
  outcome: 'accepted' | 'refused' | 'lost';
  /** Of accepted ones, in order. */
  eventIds: number[];
}

/** Over the whole test, so that no two events are alike. */
let number = 0;
export const nextNumber = (): number => ++number;

export interface LoadOptions {
  client: Client;
  random: Seeded;
  eventTypes: readonly [string, ...string[]];
  clients: number;
  largestBatch: number;
}

export class Load {
  readonly posted: Posted[] = [];
  readonly #options: LoadOptions;
  readonly #answers = new EventEmitter().setMaxListeners(0);
  readonly #loops: Promise<void>[];
  #accepted = 0;
  #stopped = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#loops = Array.from({ length: options.clients }, () => this.#loop());
  }

  /** Resolves at the k-th 202. */
  async accepted(k: number): Promise<void> {
    while (this.#accepted < k) await once(this.#answers, 'accepted');
  }

  /** Resolves when every client has its last answer, or has lost the server. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }

  async #loop(): Promise<void> {
    while (!this.#stopped && (await this.#post())) if (this.#accepted % 50 === 49) await breathe();
  }

  /** False when the server is gone. */
  async #post(): Promise<boolean> {
    const { random, client, eventTypes, largestBatch } = this.#options;
    const batch = random.next() < 0.5;
    const numbers = Array.from({ length: batch ? random.between(2, largestBatch) : 1 }, nextNumber);
    const types = numbers.map(() => random.pick(eventTypes));
    const posted: Posted = { numbers, types, batch, outcome: 'lost', eventIds: [] };
    this.posted.push(posted);
    const events = numbers.map((n, i) => ({ event_type: types[i], data: { n } }));
    try {
      const { status, body } = await client.post(batch ? events : (events[0] ?? {}));
      if (status !== 202) {
        posted.outcome = 'refused';
        return status === 503;
      }
      posted.outcome = 'accepted';
      posted.eventIds = body.items.map((item) => item.event_id);
      this.#accepted += 1;
      this.#answers.emit('accepted');
      return true;
    } catch {
      return false;
    }
  }
}

/** Lets the receivers of this process work before the clients go on. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
