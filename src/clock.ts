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
