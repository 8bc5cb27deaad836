import { systemClock } from '../clock.js';

/** Something that must not last: `overdue` is called once `due` has passed, by the sweeper's own time. */
export interface Swept {
  readonly due: number;
  /** Its place among the others; the sweeper's to write, -1 where it is not swept. */
  slot: number;
  overdue(): void;
}

/** ms; a limit is noticed at most about two of these late, and never early. */
export const SWEEP_MS = 50;

/**
 * One timer for all that is in flight, in place of several for each exchange. Its time stands still while
 * the process does: after a pause, what arrived meanwhile is read before anything is called too late.
 */
export class Sweeper<T extends Swept> {
  #now = 0;
  #last = 0;
  #timer: NodeJS.Timeout | null = null;
  /** In no order: a place that becomes free is filled with the last, which a set does less cheaply. */
  readonly #items: T[] = [];

  /** All that is swept now, as a copy. */
  items(): T[] {
    return [...this.#items];
  }

  /** When something that may last `limitMs` from now is due. */
  dueIn(limitMs: number): number {
    return this.#now + limitMs + SWEEP_MS;
  }

  add(item: T): void {
    item.slot = this.#items.push(item) - 1;
    if (this.#timer) return;
    this.#last = systemClock.monotonic();
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  delete(item: T): void {
    const { slot } = item;
    if (slot < 0) return;
    item.slot = -1;
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#items[slot] = last;
    last.slot = slot;
  }

  #sweep(): void {
    const monotonic = systemClock.monotonic();
    this.#now += Math.min(monotonic - this.#last, 2 * SWEEP_MS);
    this.#last = monotonic;
    // Backwards: what fills the place of one that is deleted meanwhile has been looked at.
    for (let slot = this.#items.length - 1; slot >= 0; slot--) {
      const item = this.#items[slot];
      if (item && item.due <= this.#now) item.overdue();
    }
    if (this.#items.length === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }
}
