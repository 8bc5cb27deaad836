import type { Clock, Timer } from '../clock.js';
import type { Log } from '../log.js';
import type { FailedLogin, FailedLoginCount, NodeStore } from '../store/store.js';
import { ExpiringMap } from './expiring-map.js';

/** Failures wait this long for others, so that a flood costs five transactions a second at most. */
const GATHER_MS = 200;
/** In one transaction. */
const MOST_WRITTEN = 500;
/** Waiting to be written, while the store cannot be reached. */
const MOST_WAITING = 10_000;
/** Those that cost nobody an Argon2id are counted while no more than this wait. */
const MOST_CHEAP_WAITING = 1_000;
/** Counts that this node remembers its own failures of, and how many of each. */
const MOST_OWN = 5_000;
const MOST_OF_OWN = 100;
const OWN_LIVES_MS = 15 * 60_000;

export interface FailureCountsParts {
  store: Pick<NodeStore, 'failedLogins' | 'loginsFailed'>;
  clock: Clock;
  log: Log;
}

interface Failure {
  count: string;
  /** ms, monotonic */
  at: number;
}

/**
 * Counts failures in the store, for all nodes together. Here one counts at once, in the store and so for other
 * nodes within 200 ms; a crash loses those of that time.
 */
export class FailureCounts {
  readonly #store: FailureCountsParts['store'];
  readonly #clock: Clock;
  readonly #log: Log;
  /** In the order in which they happened. Those under way stay until they are written. */
  #waiting: Failure[] = [];
  /** When those of this node happened, newest last, ms, monotonic. */
  readonly #own: ExpiringMap<number[]>;
  #timer: Timer | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor({ store, clock, log }: FailureCountsParts) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    const now = () => clock.monotonic();
    this.#own = new ExpiringMap({ livesMs: OWN_LIVES_MS, most: MOST_OWN, now });
  }

  /** @param cheap such as cannot be a guess: of a flood of these not all are told to the store */
  add(counts: readonly string[], { cheap }: { cheap: boolean }): void {
    const at = this.#clock.monotonic();
    for (const count of counts) {
      this.#own.set(count, [...(this.#own.get(count) ?? []), at].slice(-MOST_OF_OWN));
    }
    if (this.#waiting.length + counts.length > (cheap ? MOST_CHEAP_WAITING : MOST_WAITING)) return;
    for (const count of counts) this.#waiting.push({ count, at });
    this.#plan();
  }

  /** As `ages`, of what failed at this node alone: without asking the store. */
  ownAge({ count, nth }: FailedLoginCount): number | null {
    const at = this.#own.get(count)?.at(-nth);
    if (at === undefined) return null;
    const age = this.#clock.monotonic() - at;
    return age < OWN_LIVES_MS ? age : null;
  }

  /** As `NodeStore.failedLogins`, with what is not written yet. @throws StoreUnavailable */
  async ages(asked: readonly FailedLoginCount[]): Promise<(number | null)[]> {
    // Else one that is being written could be counted twice.
    while (this.#writing) await this.#writing;
    const now = this.#clock.monotonic();
    const ours = asked.map(({ count, nth }) => {
      const times = this.#waiting.filter((failure) => failure.count === count).map(({ at }) => at);
      const at = times.at(-nth);
      return { age: at === undefined ? null : now - at, rest: { count, nth: nth - times.length } };
    });
    const unknown = ours.filter(({ age }) => age === null);
    if (unknown.length === 0) return ours.map(({ age }) => age);
    const stored = await this.#store.failedLogins(unknown.map(({ rest }) => rest));
    return ours.map((own) => own.age ?? stored[unknown.indexOf(own)] ?? null);
  }

  /** Writes what waits; resolves when that is done, or could not be. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    while (this.#writing) await this.#writing;
    while (this.#waiting.length > 0 && (await this.#write())) {}
  }

  #plan(): void {
    if (this.#closed || this.#writing) return;
    this.#timer ??= this.#clock.schedule(GATHER_MS, () => {
      this.#timer = null;
      this.#writing = this.#write().then(() => {
        this.#writing = null;
        if (this.#waiting.length > 0) this.#plan();
      });
    });
  }

  /** @returns whether it could be written */
  async #write(): Promise<boolean> {
    const now = this.#clock.monotonic();
    const group = this.#waiting.slice(0, MOST_WRITTEN);
    const failures: FailedLogin[] = group.map(({ count, at }) => ({ count, ago: now - at }));
    try {
      await this.#store.loginsFailed(failures);
      this.#waiting = this.#waiting.slice(group.length);
      return true;
    } catch (err) {
      this.#log.warn(
        { err, waiting: this.#waiting.length },
        'failed log-ins are not counted in the store yet',
      );
      return false;
    }
  }
}
