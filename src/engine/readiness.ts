import type { Clock } from '../clock.js';
import { type DeliveryStore, type Session, StoreUnavailable } from '../store/store.js';

/** However often a load balancer asks, ms. */
const REMEMBERED_MS = 1_000;

/** Whether the store takes what this session writes, found out by writing. */
export class Readiness {
  readonly #store: Pick<DeliveryStore, 'heartbeat'>;
  readonly #session: Session;
  readonly #clock: Clock;
  #last: { at: number; found: Promise<void> } | null = null;

  constructor(store: Pick<DeliveryStore, 'heartbeat'>, session: Session, clock: Clock) {
    this.#store = store;
    this.#session = session;
    this.#clock = clock;
  }

  /** @throws StoreUnavailable, and what the store throws */
  check(): Promise<void> {
    const now = this.#clock.monotonic();
    if (!this.#last || now - this.#last.at >= REMEMBERED_MS) this.#last = { at: now, found: this.#write() };
    return this.#last.found;
  }

  async #write(): Promise<void> {
    const { alive } = await this.#store.heartbeat(this.#session);
    if (!alive) throw new StoreUnavailable('others took this session for dead');
  }
}
