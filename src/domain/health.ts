import type { AttemptErrorKind } from './delivery.js';
import { MAX_DELAY_MS, retryAfterMs } from './retry.js';

/**
 * The circuit of a webhook. `open`: what it is owed is held, and only probes are sent. `draining`: a probe
 * was answered, and what waits goes out at a rate that grows.
 *
 *     healthy ──► open ──► draining ──► healthy
 *                  ▲           │
 *                  └───────────┘
 */
export type Health = 'healthy' | 'open' | 'draining';

/** In a row, of failures that cannot be the event's fault. */
export const CERTAIN_FAILURES = 3;
/** In a row, of any failures; they must be of this many deliveries, since one alone may be poisoned. */
export const FAILURES = 5;
export const FAILING_DELIVERIES = 3;
/** Probes are never further apart, unless the receiver asks for more. */
export const LONGEST_PROBE_MS = 5 * 60_000;

/** Nobody came to read the event: whatever was in it, the attempt would have failed. */
const CERTAIN_KINDS: ReadonlySet<AttemptErrorKind> = new Set<AttemptErrorKind>([
  'dns',
  'refused',
  'unreachable',
  'tls',
  'connect-timeout',
]);
const CERTAIN_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Failures of one webhook since its last success, in the order in which they ended. */
export interface Streak {
  failures: number;
  /** At its end, in a row. */
  certain: number;
  /** Uids, no more than decide. */
  deliveries: readonly number[];
  /** ms, wall clock: when the first of them ended. */
  since: number;
}

export const NO_STREAK: Streak = { failures: 0, certain: 0, deliveries: [], since: 0 };

export interface Failure {
  deliveryUid: number;
  responseStatus: number | null;
  errorKind: AttemptErrorKind | null;
  nowMs: number;
}

/** The streak with one more failure in it. */
export function afterFailure(streak: Streak, failure: Failure): Streak {
  const { deliveries } = streak;
  const known = deliveries.includes(failure.deliveryUid) || deliveries.length >= FAILING_DELIVERIES;
  return {
    failures: streak.failures + 1,
    certain: isCertain(failure) ? streak.certain + 1 : 0,
    deliveries: known ? deliveries : [...deliveries, failure.deliveryUid],
    since: streak.failures === 0 ? failure.nowMs : streak.since,
  };
}

/** Whether a streak says that it is the receiver who fails, and not some event. */
export function opens({ failures, certain, deliveries }: Streak): boolean {
  return certain >= CERTAIN_FAILURES || (failures >= FAILURES && deliveries.length >= FAILING_DELIVERIES);
}

/** The failure cannot be the event's fault. */
export function isCertain({
  responseStatus,
  errorKind,
}: Pick<Failure, 'responseStatus' | 'errorKind'>): boolean {
  if (responseStatus !== null) return CERTAIN_STATUSES.has(responseStatus);
  return errorKind !== null && CERTAIN_KINDS.has(errorKind);
}

export interface ProbeDelayInput {
  /** Probes that failed since the circuit opened. */
  probes: number;
  retryBaseMs: number;
  retryFactor: number;
  /** The last answer's `Retry-After`, as received. */
  retryAfter: string | null;
  nowMs: number;
}

/** ms until the next probe: they grow like retries, to five minutes, and a receiver may ask for more. */
export function probeDelay(input: ProbeDelayInput): number {
  // A power of the factor overflows to infinity after days of probes, which the least of both stands.
  const grown = Math.min(LONGEST_PROBE_MS, input.retryBaseMs * input.retryFactor ** input.probes);
  const asked = input.retryAfter === null ? null : retryAfterMs(input.retryAfter, input.nowMs);
  return Math.min(MAX_DELAY_MS, Math.max(Math.round(grown), asked ?? 0));
}

const DRAIN_FROM = 50;
const DRAIN_SECONDS = 10;
/** ms; after it there is no limit. In its last second 25,600 may go out, more than this machine sends. */
export const DRAIN_MS = DRAIN_SECONDS * 1000;

/** Attempts that may begin in a second, `elapsedMs` after the circuit closed; null: any number. */
export function drainRate(elapsedMs: number): number | null {
  if (elapsedMs >= DRAIN_MS) return null;
  return DRAIN_FROM * 2 ** Math.max(0, Math.floor(elapsedMs / 1000));
}
