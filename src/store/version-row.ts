import type { Health } from '../domain/health.js';
import type { DisabledReason, Webhook } from '../domain/webhook.js';
import type { Keyring } from './keyring.js';

/** A webhook as it stands in a row of `VERSION_COLUMNS`. */
export interface VersionRow {
  id: number;
  uid: number;
  webhook_created_at: number;
  created_at: number;
  url: string;
  status: 'active' | 'disabled';
  disabled_reason: DisabledReason | null;
  event_types: string;
  max_retries: number;
  timeout: number | null;
  description: string | null;
  secret: string | null;
  headers: string | null;
  ordered: number;
  rate_limit: number | null;
  max_age: number | null;
  health: Health | null;
  failing_since: number | null;
  next_probe_at: number | null;
  probes: number | null;
}

export const VERSION_COLUMNS = `
  v.id, w.uid, w.created_at AS webhook_created_at, v.created_at, v.url, v.status, v.disabled_reason,
  v.event_types, v.max_retries, v.timeout, v.description, v.secret, v.headers, v.ordered, v.rate_limit,
  v.max_age, l.health, l.failing_since, l.next_probe_at, l.probes`;
/** Joins a webhook `w` to its lane, which a deleted one may have no longer. */
export const WITH_LANE = 'LEFT JOIN lane l ON l.webhook_uid = w.uid';

/** What is kept as ciphertext, bound to the version's id. */
export type Encrypted = 'secret' | 'headers';

export function toWebhook(keyring: Keyring, row: VersionRow): Webhook {
  const open = (column: Encrypted) => {
    const text = row[column];
    return text === null ? null : keyring.decrypt({ table: 'webhook_version', column, uid: row.id }, text);
  };
  return {
    uid: row.uid,
    versionId: row.id,
    url: row.url,
    status: row.status,
    disabledReason: row.disabled_reason,
    eventTypes: JSON.parse(row.event_types) as string[],
    maxRetries: row.max_retries,
    secret: open('secret'),
    timeout: row.timeout,
    headers: open('headers'),
    description: row.description,
    ordered: row.ordered !== 0,
    rateLimit: row.rate_limit,
    maxAge: row.max_age,
    health: row.health ?? 'healthy',
    failingSince: row.failing_since,
    nextProbeAt: row.next_probe_at,
    probes: row.probes ?? 0,
    createdAt: row.webhook_created_at,
    updatedAt: row.created_at,
  };
}

/** A ciphertext, or null, for the row with that id. */
export function sealed(keyring: Keyring, id: number, column: Encrypted, text: string | null): string | null {
  return text === null ? null : keyring.encrypt({ table: 'webhook_version', column, uid: id }, text);
}
