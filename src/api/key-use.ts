import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { ApiKey, KeyStore } from '../store/store.js';
import { ExpiringMap } from './expiring-map.js';

const SAME_FOR_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** Records when keys were used, at most once a minute each, behind the requests. */
export class KeyUse {
  readonly #keys: KeyStore;
  readonly #log: Log;
  readonly #recorded: ExpiringMap<true>;
  readonly #waiting = new Set<number>();
  #underWay: Promise<void> | null = null;

  constructor(keys: KeyStore, clock: Clock, log: Log) {
    this.#keys = keys;
    this.#log = log;
    this.#recorded = new ExpiringMap({
      livesMs: SAME_FOR_MS,
      most: MOST_REMEMBERED,
      now: () => clock.monotonic(),
    });
  }

  used({ uid }: ApiKey): void {
    if (this.#recorded.get(String(uid))) return;
    this.#recorded.set(String(uid), true);
    this.#waiting.add(uid);
    this.#underWay ??= this.#record().finally(() => {
      this.#underWay = null;
    });
  }

  /** Resolves when what was used is recorded, or could not be. */
  async close(): Promise<void> {
    await this.#underWay;
  }

  async #record(): Promise<void> {
    while (this.#waiting.size > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const uids = [...this.#waiting];
      this.#waiting.clear();
      try {
        await this.#keys.used(uids);
      } catch (err) {
        // The next use records it.
        for (const uid of uids) this.#recorded.delete(String(uid));
        this.#log.debug({ err, key_uids: uids }, 'the use of keys was not recorded');
      }
    }
  }
}
