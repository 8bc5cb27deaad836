import type { Clock } from '../clock.js';
import type { DeliveryState } from '../domain/delivery.js';
import type { ListingStore } from '../store/store.js';

/** Several scrapers at once, and the metrics of one scrape, share what was read; ms. */
const TOTALS_FOR_MS = 1_000;
/** Finding the oldest may take 15 ms with a million deliveries. */
const OLDEST_FOR_MS = 10_000;

/** What is owed, as the store's sums and blocks tell it: no row is read but the oldest. */
export class Backlog {
  readonly #listings: Pick<ListingStore, 'totals' | 'deliveries'>;
  readonly #clock: Clock;
  readonly #totals;
  readonly #oldest;

  constructor(listings: Pick<ListingStore, 'totals' | 'deliveries'>, clock: Clock) {
    this.#listings = listings;
    this.#clock = clock;
    this.#totals = remembered(clock, TOTALS_FOR_MS, () => this.#listings.totals());
    this.#oldest = remembered(clock, OLDEST_FOR_MS, () => this.#readOldest());
  }

  totals(): Promise<Record<DeliveryState, number>> {
    return this.#totals();
  }

  /** 0: nothing is open, but what disabled webhooks hold. */
  async oldestAgeMs(): Promise<number> {
    const { pending, retrying } = await this.totals();
    if (pending + retrying === 0) return 0;
    const acceptedAt = await this.#oldest();
    return acceptedAt === null ? 0 : Math.max(0, this.#clock.now() - acceptedAt);
  }

  async #readOldest(): Promise<number | null> {
    const { rows } = await this.#listings.deliveries({
      filter: {
        webhookUids: null,
        eventTypes: null,
        statuses: ['pending', 'retrying', 'held'],
        sources: null,
        eventIds: null,
        from: null,
        to: null,
        enabledOnly: true,
      },
      asc: true,
      slice: { limit: 1, after: null },
    });
    return rows[0]?.acceptedAt ?? null;
  }
}

function remembered<T>(clock: Clock, ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | null = null;
  return () => {
    const now = clock.monotonic();
    if (last && now - last.at < ms) return last.value;
    const fresh = { at: now, value: read() };
    last = fresh;
    fresh.value.catch(() => {
      if (last === fresh) last = null;
    });
    return fresh.value;
  };
}
