/** A pending timer; `cancel` after it has fired is fine. */
export interface Timer {
  cancel(): void;
}

/**
 * Where all time comes from. Simulated time enters the server through this alone
 * (`startServer(config, { clock })`); sockets always live in real time.
 */
export interface Clock {
  /** Wall clock, milliseconds since 1970; may jump. */
  now(): number;
  /** Milliseconds from an arbitrary origin; never jumps, never goes back. */
  monotonic(): number;
  /** Calls `fn` once, `delayMs` from now by the monotonic clock. Does not keep the process alive. */
  schedule(delayMs: number, fn: () => void): Timer;
}

/** Longest delay that Node's timers hold; a longer one fires early and its owner looks again. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(delayMs, fn) {
    const timer = setTimeout(fn, Math.min(Math.max(0, delayMs), MAX_TIMER_MS));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

/** A wall clock that differs by less is left alone: clocks that are kept by NTP do. */
const TOLERATED_MS = 50;

/**
 * Another clock, set to the time of a store that several machines share: theirs may differ by minutes, and
 * ages and due times that one writes are read by the others.
 */
export class StoreClock implements Clock {
  readonly #machine: Clock;
  #aheadMs = 0;

  constructor(machine: Clock) {
    this.#machine = machine;
  }

  /** ms that the store's clock is ahead of this machine's. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  now(): number {
    return this.#machine.now() + this.#aheadMs;
  }

  monotonic(): number {
    return this.#machine.monotonic();
  }

  schedule(delayMs: number, fn: () => void): Timer {
    return this.#machine.schedule(delayMs, fn);
  }

  /**
   * The store's clock said `storeAt` at some moment between these two of ours. Nothing changes where that, and
   * a little more, explains the difference.
   * @returns whether it was set
   */
  follow({ sentAt, answeredAt, storeAt }: { sentAt: number; answeredAt: number; storeAt: number }): boolean {
    if (storeAt > sentAt - TOLERATED_MS && storeAt < answeredAt + TOLERATED_MS) return false;
    this.#aheadMs += Math.round(storeAt - (sentAt + answeredAt) / 2);
    return true;
  }
}
