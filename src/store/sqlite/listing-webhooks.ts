import { DEFAULT_TIMEOUT_MS, type Webhook } from '../../domain/webhook.js';
import type { Keyring } from '../keyring.js';
import type { Listed, Slice, WebhookFilter, WebhookPosition, WebhookSort } from '../store.js';
import type { Statements } from './listing-statements.js';
import { toWebhook, VERSION_COLUMNS, type VersionRow, WITH_LANE } from './versions.js';

const KEYS: Record<WebhookSort, string> = {
  uid: 'w.uid',
  url: 'v.url',
  status: 'v.status',
  timeout: `coalesce(v.timeout, ${DEFAULT_TIMEOUT_MS})`,
  description: 'v.description',
  maxRetries: 'v.max_retries',
  disabledReason: 'v.disabled_reason',
  ordered: 'v.ordered',
  rateLimit: 'v.rate_limit',
  maxAge: 'v.max_age',
  health: 'l.health',
  failingSince: 'l.failing_since',
  nextProbeAt: 'l.next_probe_at',
};
const GET = `
  SELECT ${VERSION_COLUMNS} FROM webhook w CROSS JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}
  WHERE w.uid = @uid`;

interface Candidate extends WebhookPosition {
  url: string;
  description: string | null;
}

interface Request {
  filter: WebhookFilter;
  sort: WebhookSort;
  asc: boolean;
  slice: Slice<WebhookPosition>;
}

/**
 * The list of webhooks; used within a snapshot of the read connection. There are few of them: it looks at
 * each, and decrypts those that it shows.
 */
export class WebhookList {
  readonly #statements: Statements;
  readonly #keyring: Keyring;

  constructor(statements: Statements, keyring: Keyring) {
    this.#statements = statements;
    this.#keyring = keyring;
  }

  list(request: Request): Listed<Webhook> & { next: WebhookPosition | null } {
    const { asc, slice } = request;
    const order = (a: WebhookPosition, b: WebhookPosition) => (asc ? compare(a, b) : compare(b, a));
    const found = this.#candidates(request).sort(order);
    const after = 'after' in slice ? slice.after : null;
    const behind = after ? found.filter((one) => order(one, after) > 0) : found;
    const offset = 'offset' in slice ? slice.offset : 0;
    const shown = behind.slice(offset, offset + slice.limit);
    const last = shown.at(-1);
    return {
      total: 'offset' in slice ? found.length : null,
      rows: shown.map(({ uid }) => this.#webhook(uid)),
      more: 'after' in slice && behind.length > shown.length,
      next: last ? { key: last.key, uid: last.uid } : null,
    };
  }

  #candidates({ filter, sort }: Request): Candidate[] {
    const { uids, eventTypes, statuses, q } = filter;
    const where = [
      'w.deleted_at IS NULL',
      uids ? 'w.uid IN (SELECT value FROM json_each(@uids))' : '',
      statuses ? 'v.status IN (SELECT value FROM json_each(@statuses))' : '',
      eventTypes
        ? `EXISTS (SELECT 1 FROM json_each(v.event_types) t WHERE t.value IN
            (SELECT value FROM json_each(@types)))`
        : '',
    ].filter((part) => part !== '');
    const sql = `
      SELECT ${KEYS[sort]} AS key, w.uid, v.url, v.description
      FROM webhook w CROSS JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}
      WHERE ${where.join(' AND ')}`;
    const bound = {
      uids: JSON.stringify(uids ?? []),
      statuses: JSON.stringify(statuses ?? []),
      types: JSON.stringify(eventTypes ?? []),
    };
    const candidates = this.#statements.all<Candidate>(sql, bound);
    if (q.length === 0) return candidates;
    // SQLite folds the case of ASCII letters only.
    const parts = q.map((part) => part.toLowerCase());
    return candidates.filter(({ url, description }) => {
      const texts = [url, description ?? ''].map((text) => text.toLowerCase());
      return parts.every((part) => texts.some((text) => text.includes(part)));
    });
  }

  #webhook(uid: number): Webhook {
    const row = this.#statements.get<VersionRow>(GET, { uid });
    if (!row) throw new Error(`webhook ${uid} vanished within a snapshot`);
    return toWebhook(this.#keyring, row);
  }
}

/** Null first, numbers by size, strings by code points, which is the order of their bytes; then by uid. */
function compare(a: WebhookPosition, b: WebhookPosition): number {
  return compareKeys(a.key, b.key) || a.uid - b.uid;
}

function compareKeys(a: WebhookPosition['key'], b: WebhookPosition['key']): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}
