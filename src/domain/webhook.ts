import type { Health } from './health.js';

/** What a subscription says; `null` is "not set". The rules are in `webhook-rules.ts`. */
export interface WebhookSpec {
  /** As given; stored and returned unchanged. */
  url: string;
  status: 'active' | 'disabled';
  /** Each out of the 41, no duplicates, in the order given. */
  eventTypes: string[];
  /** 1–5 retries after the first attempt. */
  maxRetries: number;
  secret: string | null;
  /** ms; null means `DEFAULT_TIMEOUT_MS`. */
  timeout: number | null;
  /** JSON text of an object, name → string, as given. */
  headers: string | null;
  description: string | null;
  /** One attempt at a time, strictly in the order of acceptance. */
  ordered: boolean;
  /** Attempts that may begin in any second; null: any number. */
  rateLimit: number | null;
  /** Seconds: an older event is not sent any more; null: none is too old. */
  maxAge: number | null;
}

/** What enabling a webhook does with what was held meanwhile, and is not too old. */
export type HeldChoice = 'release' | 'expire';

/** Why the server disabled a webhook. */
export type DisabledReason = 'receiver-gone' | 'failing-too-long';

/** How a webhook's circuit stands; the same for all its versions. Times are ms, wall clock. */
export interface WebhookHealth {
  health: Health;
  /** When the first of the failures that opened it ended; null: it is not open. */
  failingSince: number | null;
  /** When the next probe may go out; null: it is not open. */
  nextProbeAt: number | null;
  /** Probes that failed since it opened. */
  probes: number;
}

/** One immutable version of a webhook; a change writes a new one. */
export interface Webhook extends WebhookSpec, WebhookHealth {
  uid: number;
  /** Names this version; attempts record it. */
  versionId: number;
  /** Why the server disabled it, null when a person did or it is active. */
  disabledReason: DisabledReason | null;
  /** ms, wall clock */
  createdAt: number;
  updatedAt: number;
}

/** ms; panels do not publish theirs. */
export const DEFAULT_TIMEOUT_MS = 10_000;
