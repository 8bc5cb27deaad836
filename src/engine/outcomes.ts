import type { Clock, Timer } from '../clock.js';
import {
  type DeliveryStore,
  type OutcomeRequest,
  type OutcomeResult,
  StoreUnavailable,
} from '../store/store.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Writes outcomes, and keeps those that the store cannot take now until it can. While one waits,
 * `blocked` says that no attempt may begin, so that what waits is bounded by what was in flight.
 * Writing the same outcome twice is a success, so a commit whose answer was lost is simply repeated.
 */
export class Outcomes {
  readonly #store: DeliveryStore;
  readonly #clock: Clock;
  readonly #onBlocked: (error: unknown) => void;
  readonly #onFree: () => void;
  readonly #waiting = new Set<{ timer: Timer; giveUp: () => void }>();
  #unwritten = 0;
  #failing = 0;
  #closed = false;

  constructor(
    store: DeliveryStore,
    clock: Clock,
    on: { blocked: (error: unknown) => void; free: () => void },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#onBlocked = on.blocked;
    this.#onFree = on.free;
  }

  /** Outcomes on their way to the store. */
  get unwritten(): number {
    return this.#unwritten;
  }

  /** The store refused an outcome and has not taken one since. */
  get blocked(): boolean {
    return this.#failing > 0;
  }

  /** Resolves when it is written; null when `close` gave up on it first. Rejects on a fault of ours. */
  async write(outcome: OutcomeRequest): Promise<OutcomeResult | null> {
    this.#unwritten++;
    let failed = false;
    try {
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        try {
          return await this.#store.record(outcome);
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          if (!failed) {
            failed = true;
            if (this.#failing++ === 0) this.#onBlocked(error);
          }
          if (!(await this.#pause(pause))) return null;
        }
      }
    } finally {
      this.#unwritten--;
      if (failed && --this.#failing === 0) this.#onFree();
    }
  }

  /** Gives up on what waits for the store: those deliveries stay owed, as if cut off. */
  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiting) waiter.giveUp();
  }

  /** True after `ms`, false as soon as `close` is called. */
  #pause(ms: number): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter = {
        timer: this.#clock.schedule(ms, () => {
          this.#waiting.delete(waiter);
          resolve(true);
        }),
        giveUp: () => {
          waiter.timer.cancel();
          this.#waiting.delete(waiter);
          resolve(false);
        },
      };
      this.#waiting.add(waiter);
    });
  }
}
