/** So many at once, and then one after each stretch of time. */
export class Budget {
  readonly #most: number;
  readonly #everyMs: number;
  readonly #now: () => number;
  #left: number;
  #counted: number;

  /** @param now ms, monotonic */
  constructor({ most, everyMs, now }: { most: number; everyMs: number; now: () => number }) {
    this.#most = most;
    this.#everyMs = everyMs;
    this.#now = now;
    this.#left = most;
    this.#counted = now();
  }

  /** False: nothing is left now. */
  take(): boolean {
    const grown = Math.floor((this.#now() - this.#counted) / this.#everyMs);
    this.#counted += grown * this.#everyMs;
    this.#left = Math.min(this.#most, this.#left + grown);
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}
