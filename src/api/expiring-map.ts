/**
 * Values that are forgotten after a while, and the oldest of them when there are too many. All live equally
 * long, so that the order of arrival is the order of the end.
 */
export class ExpiringMap<V> {
  readonly #entries = new Map<string, { value: V; until: number }>();
  readonly #livesMs: number;
  readonly #most: number;
  readonly #now: () => number;

  /** @param now ms, monotonic */
  constructor(options: { livesMs: number; most: number; now: () => number }) {
    this.#livesMs = options.livesMs;
    this.#most = options.most;
    this.#now = options.now;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > this.#now() ? entry.value : undefined;
  }

  /** Begins the value's life anew. */
  set(key: string, value: V): void {
    const now = this.#now();
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: now + this.#livesMs });
    for (const [oldest, { until }] of this.#entries) {
      if (until > now && this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
