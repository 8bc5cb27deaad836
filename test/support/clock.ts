import type { Clock, Timer } from '../../src/clock.js';

/** A clock that moves only when told to. Timers fire in the order in which they fall due. */
export class ManualClock implements Clock {
  #now: number;
  #monotonic = 0;
  readonly #timers = new Set<{ at: number; fn: () => void }>();

  constructor(now = Date.UTC(2026, 0, 5, 8, 0, 0)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  schedule(delayMs: number, fn: () => void): Timer {
    const timer = { at: this.#monotonic + Math.max(0, delayMs), fn };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  /** Lets `ms` pass: both clocks move, and each timer on the way fires at its own time. */
  advance(ms: number): void {
    const end = this.#monotonic + ms;
    for (;;) {
      let next: { at: number; fn: () => void } | null = null;
      for (const timer of this.#timers) {
        if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
      }
      if (!next) break;
      this.#timers.delete(next);
      this.#move(next.at);
      next.fn();
    }
    this.#move(end);
  }

  /** Lets `ms` pass as for a machine that was suspended: each timer that fell due meanwhile fires now, once. */
  suspend(ms: number): void {
    this.#move(this.#monotonic + ms);
    const due = [...this.#timers].filter(({ at }) => at <= this.#monotonic).sort((a, b) => a.at - b.at);
    for (const timer of due) if (this.#timers.delete(timer)) timer.fn();
  }

  /** Sets the wall clock, as an operator or NTP would; the monotonic one does not move. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #move(to: number): void {
    this.#now += to - this.#monotonic;
    this.#monotonic = to;
  }
}
