import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import type { NodeStore } from '../store/store.js';

/** How often webhooks are read, whatever the news: what they told may be lost, and two seconds are promised. */
const READ_MS = 1_000;
const WAIT_MS = 30_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface OtherNodesParts {
  store: NodeStore;
  clock: Clock;
  log: Logger;
  /** Reads the webhooks that changed. */
  read: () => void;
  /** Something was left in this lane. */
  wake: (webhookUid: number) => void;
  /** Whether there can be others. */
  amongOthers: () => boolean;
}

/** Hears what the other nodes on this store do, and acts on it here. */
export class OtherNodes {
  readonly #parts: OtherNodesParts;
  #timer: Timer | null = null;
  #pause: Timer | null = null;
  #stopped = false;

  constructor(parts: OtherNodesParts) {
    this.#parts = parts;
  }

  start(): void {
    if (!this.#parts.amongOthers()) return;
    this.#readSoon();
    this.#listen(FIRST_PAUSE_MS);
  }

  /** A question that is under way is left to the store's end. Twice, and before `start`, is fine. */
  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#pause?.cancel();
  }

  #readSoon(): void {
    this.#timer = this.#parts.clock.schedule(READ_MS, () => {
      this.#parts.read();
      this.#readSoon();
    });
  }

  #listen(pauseMs: number): void {
    const { store, clock, log, read, wake } = this.#parts;
    store.news({ waitMs: WAIT_MS }).then(
      ({ webhooks, lanes }) => {
        if (this.#stopped) return;
        if (webhooks) read();
        for (const uid of lanes) wake(uid);
        this.#listen(FIRST_PAUSE_MS);
      },
      (error: unknown) => {
        if (this.#stopped) return;
        log.warn({ err: error }, 'no news of other nodes: what they do is seen a little later');
        this.#pause = clock.schedule(pauseMs, () => this.#listen(Math.min(2 * pauseMs, LONGEST_PAUSE_MS)));
      },
    );
  }
}
