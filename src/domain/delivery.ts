/**
 * The states in which a delivery is stored, by their stored code. `held` is read, not stored: an open
 * delivery is held while its lane takes no attempts. Being attempted is not a state either: it is `owner`.
 *
 *     accept ──► pending ──► delivered | failed | cancelled | expired
 *                   │
 *                   ▼ a failed attempt with retries left
 *                retrying ──► delivered | failed | cancelled | expired
 *
 *     a resend: delivered | failed | cancelled | expired ──► pending
 */
export const STATES = ['pending', 'retrying', 'delivered', 'failed', 'cancelled', 'expired'] as const;

export type DeliveryState = (typeof STATES)[number];

export const END_STATES = ['delivered', 'failed', 'cancelled', 'expired'] as const;
export type EndState = (typeof END_STATES)[number];

/** Stored codes: open states come first, so that `state < OPEN_BELOW` is the open rows. */
export const STATE = { pending: 0, retrying: 1, delivered: 2, failed: 3, cancelled: 4, expired: 5 } as const;
export const OPEN_BELOW = 2;

/** Why a delivery ended, where the state alone does not say. */
export const END_REASONS = [
  'success',
  'retries-exhausted',
  'receiver-gone',
  'webhook-deleted',
  'cancelled-by-user',
  'held-too-long',
  'too-old',
  'test',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** What can go wrong with an attempt before or instead of an HTTP status. */
export type AttemptErrorKind =
  | 'status' // an answer came, and it is not 2xx
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'tls'
  | 'connect-timeout'
  | 'headers-timeout'
  | 'body-timeout'
  | 'exchange-timeout'
  | 'bad-http' // not HTTP, or HTTP that cannot be parsed
  | 'address-not-allowed'
  | 'aborted'; // we are stopping; never recorded

export interface AttemptError {
  kind: AttemptErrorKind;
  /** For people: what happened, naming the address and class where one was refused. No secrets. */
  message: string;
}

/** The immutable record of one HTTP request for a delivery, or of two where the first was lost with its connection. */
export interface Attempt {
  /** Counts from 1 over the whole life of the delivery, resends included. */
  number: number;
  /** The webhook version that was used. */
  versionId: number;
  /** The form that the request was made by (`request-form.ts`); null: it was not recorded. */
  formId: number | null;
  /** Wall clock, ms. */
  startedAt: number;
  durationMs: number;
  responseStatus: number | null;
  error: AttemptError | null;
  /** What was wrong with the rest of a 2xx, for people; null: nothing, or it was none. */
  note: string | null;
  /** As received, one `name: value` a line, at most 4 KiB; null when no answer came. */
  responseHeaders: string | null;
  /** At most 4 KiB (1 KiB of a 2xx), decoded, as text; null when no answer came. */
  responseBody: string | null;
  /** This attempt belongs to a run that a resend started. */
  resend: boolean;
  /** Its request went out twice: the kept connection of the first was closed before anything of an answer came. */
  resent: boolean;
}

/** What becomes of a delivery after an attempt. Delays, never instants: the store adds its clock. */
export type NextStep =
  | { state: 'delivered'; reason: 'success' }
  | { state: 'retrying'; delayMs: number }
  | { state: 'failed'; reason: 'retries-exhausted' | 'receiver-gone' | 'test' };
