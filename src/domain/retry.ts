import type { NextStep } from './delivery.js';
import { httpDateMs } from './http-date.js';

/** No delay is longer, ours or a receiver's; a stored due time further away is a jump of the clock. */
export const MAX_DELAY_MS = 24 * 60 * 60 * 1000;

/** Delays are spread by this share to both sides, so that what failed together does not come back together. */
const JITTER = 0.2;

export interface AfterAttemptInput {
  /** null: no answer came. */
  responseStatus: number | null;
  /**
   * Something went wrong beside or instead of the status. Says nothing next to one: 2xx is success
   * whatever its body then does, and 410 is final.
   */
  failed: boolean;
  /** The answer's `Retry-After`, as received. */
  retryAfter: string | null;
  nowMs: number;
  /** Attempts made before this one, over all runs. */
  attemptsBefore: number;
  /** Attempts made before the current run. */
  runBase: number;
  /** Retries after the first attempt of a run. */
  maxRetries: number;
  /** The delay before the first retry. */
  retryBaseMs: number;
  /** How much longer each further delay is. */
  retryFactor: number;
  /** 0 to 1, spreads the delay. */
  random: number;
}

/** What becomes of a delivery after an attempt, and whether its webhook is to be disabled. */
export function afterAttempt(input: AfterAttemptInput): {
  next: NextStep;
  disable: 'receiver-gone' | null;
} {
  const status = input.responseStatus;
  if (status !== null && status >= 200 && status <= 299) {
    return { next: { state: 'delivered', reason: 'success' }, disable: null };
  }
  if (status === 410) return { next: { state: 'failed', reason: 'receiver-gone' }, disable: 'receiver-gone' };

  const retry = input.attemptsBefore - input.runBase;
  if (retry >= input.maxRetries) {
    return { next: { state: 'failed', reason: 'retries-exhausted' }, disable: null };
  }
  const grown = Math.min(MAX_DELAY_MS, input.retryBaseMs * input.retryFactor ** retry);
  const jittered = grown * (1 - JITTER + 2 * JITTER * input.random);
  const asked = input.retryAfter === null ? null : retryAfterMs(input.retryAfter, input.nowMs);
  const delayMs = Math.min(MAX_DELAY_MS, Math.max(Math.round(jittered), asked ?? 0));
  return { next: { state: 'retrying', delayMs }, disable: null };
}

/** What becomes of a test, which has one attempt, and says nothing about what the webhook is owed. */
export function afterTest(next: NextStep): NextStep {
  return next.state === 'delivered' ? next : { state: 'failed', reason: 'test' };
}

/**
 * What a `Retry-After` asks for, in ms from `nowMs`: 0 to `MAX_DELAY_MS`, longer waits cut to that, a date
 * in the past 0. Seconds, or a date in any of the three forms of HTTP; null for anything else.
 */
export function retryAfterMs(value: string, nowMs: number): number | null {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(MAX_DELAY_MS, Number(text) * 1000);
  const date = httpDateMs(text, nowMs);
  return date === null ? null : Math.min(MAX_DELAY_MS, Math.max(0, date - nowMs));
}
