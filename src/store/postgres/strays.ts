/** By then the server has ended every transaction whose connection was lost: its own limits are shorter. */
const SETTLED_MS = 12_000;

/**
 * Rows that are this session's in the database and in nobody's hands: a commit whose answer was lost gave them
 * to it. Nobody would ever attempt them while the session lives, so they are looked for once all doubts are over.
 */
export class Strays {
  #doubtful = false;
  /** ms, the store's clock; null: not seen since. */
  #since: number | null = null;

  /** A commit's answer was lost. */
  doubt(): void {
    this.#doubtful = true;
    this.#since = null;
  }

  /** Whether there may be some, and all doubts are over: then they are no longer doubted. Called now and then. */
  toBeFreed(now: number): boolean {
    if (!this.#doubtful) return false;
    this.#since ??= now;
    if (now - this.#since < SETTLED_MS) return false;
    this.#doubtful = false;
    return true;
  }
}
