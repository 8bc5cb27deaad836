/** Remembered here; the store remembers all. */
const MOST_REMEMBERED = 20_000;

interface Block {
  /** ms, monotonic */
  until: number;
  /** When the next trial is due, ms, monotonic. */
  trialAt: number;
}

/** Who is kept out, and until when; a trial is the one log-in that is judged now and then all the same. */
export class BlockList {
  readonly #blocks = new Map<string, Block>();
  readonly #trialEveryMs: number;
  readonly #now: () => number;

  /**
   * @param trialEveryMs `Infinity`: no trials
   * @param now ms, monotonic
   */
  constructor(trialEveryMs: number, now: () => number) {
    this.#trialEveryMs = trialEveryMs;
    this.#now = now;
  }

  block(name: string, forMs: number): void {
    const now = this.#now();
    const trialAt = this.#blocks.get(name)?.trialAt ?? now + this.#trialEveryMs;
    this.#blocks.delete(name);
    this.#blocks.set(name, { until: now + forMs, trialAt });
    const [first] = this.#blocks.size > MOST_REMEMBERED ? this.#blocks.keys() : [];
    if (first !== undefined) this.#blocks.delete(first);
  }

  /** How long until another log-in may be judged, ms; 0: it is not kept out. */
  leftMs(name: string): number {
    const block = this.#blocks.get(name);
    if (!block) return 0;
    const now = this.#now();
    if (block.until > now) return Math.max(1, Math.min(block.until, block.trialAt) - now);
    this.#blocks.delete(name);
    return 0;
  }

  /** Whether it is kept out and its trial is due; if so, this is the trial. */
  tryNow(name: string): boolean {
    const block = this.#blocks.get(name);
    const now = this.#now();
    if (!block || block.until <= now || block.trialAt > now) return false;
    block.trialAt = now + this.#trialEveryMs;
    return true;
  }
}
