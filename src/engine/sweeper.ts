import { systemClock } from '../clock.js';

/** Something that must not last: `overdue` is called once `due` has passed, by the sweeper's own time. */
export interface Swept {
  readonly due: number;
  overdue(): void;
}

/** ms; a limit is noticed at most about two of these late, and never early. */
export const SWEEP_MS = 50;

/**
 * One timer for all that is in flight, in place of several for each exchange. Its time stands still while
 * the process does: after a pause, what arrived meanwhile is read before anything is called too late.
 */
export class Sweeper {
  #now = 0;
  #last = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #items = new Set<Swept>();

  get items(): ReadonlySet<Swept> {
    return this.#items;
  }

  /** When something that may last `limitMs` from now is due. */
  dueIn(limitMs: number): number {
    return this.#now + limitMs + SWEEP_MS;
  }

  add(item: Swept): void {
    this.#items.add(item);
    if (this.#timer) return;
    this.#last = systemClock.monotonic();
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  delete(item: Swept): void {
    this.#items.delete(item);
  }

  #sweep(): void {
    const monotonic = systemClock.monotonic();
    this.#now += Math.min(monotonic - this.#last, 2 * SWEEP_MS);
    this.#last = monotonic;
    for (const item of this.#items) {
      if (item.due <= this.#now) item.overdue();
    }
    if (this.#items.size === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }
}
