/** What the audit trail says of a change. Pure, and the one place where secrets are left out of it. */
import type { DeliveryState } from './delivery.js';
import { MASK, maskedHeaders } from './masked-headers.js';
import type { AccountType, Scope } from './rights.js';
import { DEFAULT_TIMEOUT_MS, type Webhook } from './webhook.js';

export const AUDIT_ACTIONS = [
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.disabled',
  'user.created',
  'user.changed',
  'user.removed',
  'key.created',
  'key.revoked',
  'delivery.resent',
  'delivery.cancelled',
  'resend.started',
  'resend.cancelled',
  'login',
  'login.failed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** As the API shows the thing; what is secret is `***`. */
export type Shown = Record<string, string | number | boolean | string[] | null>;

export interface AuditEntry {
  action: AuditAction;
  /** Of the webhook, user, key, delivery or job; null for a log-in of nobody. */
  targetUid: number | null;
  /** null: it was not there. */
  before: Shown | null;
  /** null: it is there no longer. */
  after: Shown | null;
  /** Members that differ between before and after, also those whose values are not shown. */
  changed: string[];
}

/** Of one who has, or had, an account. */
export interface AuditedUser {
  uid: number;
  username: string;
  accountType: AccountType;
  passwordHash: string;
}

export interface AuditedKey {
  uid: number;
  name: string;
  prefix: string;
  scopes: Scope[];
}

/** A delivery that somebody sent again or ended. */
export interface AuditedDelivery {
  uid: number;
  webhookUid: number;
  eventId: number;
  attempts: number;
  before: DeliveryState;
  after: DeliveryState;
}

/** A job that sends many again. */
export interface AuditedJob {
  uid: number;
  state: string;
  mode: string;
  webhookUid: number;
  statuses: string[];
  eventTypes: string[] | null;
  sources: string[] | null;
  from: number | null;
  to: number | null;
  total: number;
  done: number;
  skipped: number;
}

type Change<T> = { before: T; after: null } | { before: null; after: T } | { before: T; after: T };

/** @param action null: created, changed or deleted, as before and after say */
export function webhookAudited(change: Change<Webhook>, action: AuditAction | null = null): AuditEntry {
  return entry(change, action ?? `webhook.${verb(change, 'deleted')}`, shownWebhook, (webhook) => ({
    ...shownWebhook(webhook),
    secret: webhook.secret,
    headers: webhook.headers,
  }));
}

export function userAudited(change: Change<AuditedUser>): AuditEntry {
  return entry(change, `user.${verb(change, 'removed')}`, shownUser, (user) => ({
    ...shownUser(user),
    password: user.passwordHash,
  }));
}

export function keyAudited(change: Change<AuditedKey>): AuditEntry {
  return entry(change, change.after ? 'key.created' : 'key.revoked', shownKey, shownKey);
}

export function deliveryAudited(
  action: 'delivery.resent' | 'delivery.cancelled',
  { uid, webhookUid, eventId, attempts, before, after }: AuditedDelivery,
): AuditEntry {
  const shown = (status: DeliveryState) => ({ webhook_uid: webhookUid, event_id: eventId, status, attempts });
  const changed = before === after ? [] : ['status'];
  return { action, targetUid: uid, before: shown(before), after: shown(after), changed };
}

export function jobAudited(change: Change<AuditedJob>): AuditEntry {
  return entry(change, change.before ? 'resend.cancelled' : 'resend.started', shownJob, shownJob);
}

export function loginAudited(userUid: number): AuditEntry {
  return { action: 'login', targetUid: userUid, before: null, after: null, changed: [] };
}

/** @param attempts how many, since the one entry before it at the earliest */
export function failedLoginAudited(attempts: number): AuditEntry {
  return { action: 'login.failed', targetUid: null, before: null, after: { attempts }, changed: [] };
}

function verb<T, Gone extends string>(
  { before, after }: Change<T>,
  gone: Gone,
): 'created' | 'changed' | Gone {
  if (!before) return 'created';
  return after ? 'changed' : gone;
}

function entry<T extends { uid: number }>(
  { before, after }: Change<T>,
  action: AuditAction,
  shown: (one: T) => Shown,
  whole: (one: T) => Shown,
): AuditEntry {
  return {
    action,
    targetUid: (after ?? before)?.uid ?? null,
    before: before && shown(before),
    after: after && shown(after),
    changed: before && after ? differing(whole(before), whole(after)) : [],
  };
}

function differing(before: Shown, after: Shown): string[] {
  return Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function shownWebhook(webhook: Webhook): Shown {
  return {
    url: webhook.url,
    status: webhook.status,
    secret: webhook.secret === null ? null : MASK,
    timeout: webhook.timeout ?? DEFAULT_TIMEOUT_MS,
    headers: maskedHeaders(webhook.headers),
    description: webhook.description,
    event_types: webhook.eventTypes,
    max_retries: webhook.maxRetries,
    disabled_reason: webhook.disabledReason,
    ordered: webhook.ordered,
    rate_limit: webhook.rateLimit,
    max_age: webhook.maxAge,
  };
}

function shownUser({ username, accountType }: AuditedUser): Shown {
  return { username, account_type: accountType };
}

function shownJob(job: AuditedJob): Shown {
  return {
    state: job.state,
    mode: job.mode,
    webhook_uid: job.webhookUid,
    statuses: job.statuses,
    event_types: job.eventTypes,
    sources: job.sources,
    from: job.from,
    to: job.to,
    total: job.total,
    done: job.done,
    skipped: job.skipped,
  };
}

function shownKey({ name, prefix, scopes }: AuditedKey): Shown {
  return { name, prefix, scopes };
}
