import { Fifo } from './fifo.js';

/**
 * What a name's last question was like. `prompt`: it was done within the limit, whatever came of it; `slow`: it
 * was not; `new`: there was none.
 */
export type Manner = 'prompt' | 'new' | 'slow';

/** Questions that wait; a fleet has fewer names than this. */
const MOST_WAITING = 10_000;

/**
 * How many names may be asked for at a time. Each question keeps a thread of the process until the system is
 * done with it, which for a name that hangs is far longer than anybody waits. So those known to be slow have a
 * quarter of the places, and those that nobody knows yet three quarters: they can never take all.
 */
export class LookupPlaces {
  readonly #total: number;
  readonly #slow: number;
  readonly #unproven: number;
  readonly #waiting: Readonly<Record<Manner, Fifo<() => void>>> = {
    prompt: new Fifo(),
    new: new Fifo(),
    slow: new Fifo(),
  };
  readonly #busy: Record<Manner, number> = { prompt: 0, new: 0, slow: 0 };

  constructor(total: number) {
    this.#total = total;
    this.#slow = Math.ceil(total / 4);
    this.#unproven = Math.max(1, total - Math.floor(total / 4));
  }

  /** Resolves when a place is taken; false: too many wait. Every place has to be given back. */
  take(manner: Manner): Promise<boolean> {
    const { prompt, new: unknown, slow } = this.#waiting;
    if (prompt.length + unknown.length + slow.length >= MOST_WAITING) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#waiting[manner].push(() => resolve(true));
      this.#admit();
    });
  }

  giveBack(manner: Manner): void {
    this.#busy[manner]--;
    this.#admit();
  }

  #admit(): void {
    for (const manner of ['prompt', 'new', 'slow'] as const) {
      while (this.#waiting[manner].length > 0 && this.#hasRoom(manner)) {
        this.#busy[manner]++;
        this.#waiting[manner].shift()?.();
      }
    }
  }

  #hasRoom(manner: Manner): boolean {
    const { prompt, new: unknown, slow } = this.#busy;
    if (prompt + unknown + slow >= this.#total) return false;
    if (manner === 'prompt') return true;
    if (unknown + slow >= this.#unproven) return false;
    return manner === 'new' || slow < this.#slow;
  }
}
