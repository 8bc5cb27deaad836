import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import { type ReplicationFacts, standbyState, standbyText } from '../domain/standby.js';
import type { NodeStore } from '../store/store.js';

/** The primary may have become another one, with other settings: as often as this node says that it lives. */
const LOOK_MS = 5_000;

export interface StandbyWatchParts {
  store: NodeStore;
  clock: Clock;
  log: Logger;
}

/** Says at the start, and when it changes, whether a 202 survives the loss of the database's primary. */
export class StandbyWatch {
  readonly #parts: StandbyWatchParts;
  #said = '';
  #timer: Timer | null = null;
  #looking: Promise<void> | null = null;
  #stopped = false;

  constructor(parts: StandbyWatchParts) {
    this.#parts = parts;
  }

  /** @throws StoreUnavailable */
  async start(): Promise<void> {
    const facts = await this.#parts.store.replication();
    // An embedded store has no primary to lose.
    if (facts === null) return;
    this.#say(facts);
    this.#next();
  }

  /** Twice, and before `start`, is fine. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#looking;
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = this.#parts.clock.schedule(LOOK_MS, () => {
      this.#looking = this.#parts.store
        .replication()
        .then(
          (facts) => {
            if (facts !== null && !this.#stopped) this.#say(facts);
          },
          // While no primary answers there is nothing to say of it, and others say that.
          () => {},
        )
        .finally(() => this.#next());
    });
  }

  #say(facts: ReplicationFacts): void {
    const text = standbyText(facts);
    if (text === this.#said) return;
    this.#said = text;
    const standby = standbyState(facts);
    const told = { standby, synchronous_commit: facts.commit, synchronous_standby_names: facts.names };
    if (standby === 'synchronous') this.#parts.log.info(told, text);
    else this.#parts.log.warn(told, text);
  }
}
