import type { QueryClient } from '@tanstack/react-query';

/** The first part of a query's key: what it shows. A change of a topic has all its queries read again. */
export type Topic = 'webhooks' | 'deliveries' | 'events' | 'statistics' | 'resends';

/** However much happens, what is shown is read again at most this often. */
const AT_MOST_EACH_MS: Record<Topic, number> = {
  deliveries: 1000,
  events: 1000,
  webhooks: 2000,
  statistics: 2000,
  resends: 1000,
};

/** Gathers changes and has the queries of their topics read again, at a bounded rate. */
export class Refresher {
  readonly #queries: QueryClient;
  readonly #waiting = new Map<Topic, ReturnType<typeof setTimeout>>();
  readonly #last = new Map<Topic, number>();

  constructor(queries: QueryClient) {
    this.#queries = queries;
  }

  changed(...topics: Topic[]): void {
    for (const topic of topics) {
      if (this.#waiting.has(topic)) continue;
      const since = performance.now() - (this.#last.get(topic) ?? Number.NEGATIVE_INFINITY);
      const wait = Math.max(0, AT_MOST_EACH_MS[topic] - since);
      this.#waiting.set(
        topic,
        setTimeout(() => this.#refresh(topic), wait),
      );
    }
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #refresh(topic: Topic): void {
    this.#waiting.delete(topic);
    this.#last.set(topic, performance.now());
    // One that is slow is waited for: begun again each time it would never end.
    void this.#queries.invalidateQueries({ queryKey: [topic] }, { cancelRefetch: false });
  }
}
