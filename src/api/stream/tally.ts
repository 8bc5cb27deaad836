import type { SignalKinds } from '../../engine/door.js';
import type { StreamCounts } from '../contract/stream.js';

/** What happened in a second, whether it was told one by one or not. Tests of webhooks are not counted. */
export class Tally {
  accepted = 0;
  omitted = 0;
  readonly #from: number;
  readonly #attempts = { succeeded: 0, failed: 0 };
  readonly #ended = { delivered: 0, failed: 0, cancelled: 0, expired: 0 };

  /** @param from ms, wall clock */
  constructor(from: number) {
    this.#from = from;
  }

  attempt({ error, test }: SignalKinds['attempt']): void {
    if (!test) this.#attempts[error === null ? 'succeeded' : 'failed']++;
  }

  ended({ state, test }: SignalKinds['ended']): void {
    if (!test && state !== 'pending' && state !== 'retrying') this.#ended[state]++;
  }

  /** @param to ms, wall clock, which may have been set back meanwhile */
  counts(to: number): StreamCounts {
    return {
      from: this.#from,
      to: Math.max(this.#from, to),
      accepted: this.accepted,
      attempts: { ...this.#attempts },
      ended: { ...this.#ended },
      omitted: this.omitted,
    };
  }
}
