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
}

/** One immutable version of a webhook; a change writes a new one. */
export interface Webhook extends WebhookSpec {
  uid: number;
  /** Names this version; attempts record it. */
  versionId: number;
  /** Why the server disabled it, null when a person did or it is active. */
  disabledReason: 'receiver-gone' | null;
  /** ms, wall clock */
  createdAt: number;
  updatedAt: number;
}

/** ms; panels do not publish theirs. */
export const DEFAULT_TIMEOUT_MS = 10_000;
