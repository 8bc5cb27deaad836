/** What stands around the server and outlives it: a data folder, and receivers that remember all they got. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnswerWith, deliveryUidOf, type Receiver, startReceiver } from '../support/receiver.js';

export interface Arrival {
  deliveryUid: number;
  attempt: number;
  eventId: number;
  /** The number that the test gave the event. */
  n: number;
  /** Which start of the server sent it: its User-Agent. */
  sentBy: string;
}

/** A receiver and what it is owed. */
export class Door {
  readonly receiver: Receiver;
  readonly eventTypes: string[];
  readonly #arrivals: Arrival[] = [];
  webhookUid = 0;

  constructor(receiver: Receiver, eventTypes: string[]) {
    this.receiver = receiver;
    this.eventTypes = eventTypes;
  }

  static async open(eventTypes: string[], answer: AnswerWith): Promise<Door> {
    return new Door(await startReceiver({ answer }), eventTypes);
  }

  /** All that has arrived so far, oldest first. */
  get arrivals(): readonly Arrival[] {
    const { requests } = this.receiver;
    for (const request of requests.slice(this.#arrivals.length)) {
      const body = JSON.parse(request.body.toString()) as { data: { n: number }; event_id: number };
      this.#arrivals.push({
        deliveryUid: deliveryUidOf(request.headers),
        attempt: attemptOf(request.headers),
        eventId: body.event_id,
        n: body.data.n,
        sentBy: String(request.headers['user-agent']),
      });
    }
    return this.#arrivals;
  }

  /** Resolves when every one of these events has arrived at least once. */
  async has(numbers: Iterable<number>): Promise<void> {
    const missing = new Set(numbers);
    let seen = 0;
    for (;;) {
      for (const { n } of this.arrivals.slice(seen)) missing.delete(n);
      seen = this.arrivals.length;
      if (missing.size === 0) return;
      await this.receiver.next(seen + 1);
    }
  }
}

export function attemptOf(headers: NodeJS.Dict<string | string[]>): number {
  return Number(headers['x-webhook-attempt']);
}

export interface DataFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function dataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'latchhook-faults-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
