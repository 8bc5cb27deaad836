import { DEFAULT_TIMEOUT_MS, type Webhook } from '../../domain/webhook.js';
import type { Asking } from '../asking.js';
import type { Keyring } from '../keyring.js';
import type { Listed, Slice, WebhookFilter, WebhookPosition, WebhookSort } from '../store.js';
import { toWebhook, VERSION_COLUMNS, type VersionRow, WITH_LANE } from '../version-row.js';
import { askAll, type Rows } from './dialect.js';

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
  SELECT ${VERSION_COLUMNS} FROM webhook w CROSS JOIN webhook_version v ${WITH_LANE}
  WHERE v.id = w.version_id AND `;

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
 * The list of webhooks; used within one snapshot. There are few of them: it looks at
 * each, and decrypts those that it shows.
 */
export class WebhookList {
  readonly #rows: Rows;
  readonly #keyring: Keyring;

  constructor(rows: Rows, keyring: Keyring) {
    this.#rows = rows;
    this.#keyring = keyring;
  }

  *list(request: Request): Asking<Listed<Webhook> & { next: WebhookPosition | null }> {
    const { asc, slice } = request;
    const order = (a: WebhookPosition, b: WebhookPosition) => (asc ? compare(a, b) : compare(b, a));
    const found = (yield* this.#candidates(request)).sort(order);
    const after = 'after' in slice ? slice.after : null;
    const behind = after ? found.filter((one) => order(one, after) > 0) : found;
    const offset = 'offset' in slice ? slice.offset : 0;
    const shown = behind.slice(offset, offset + slice.limit);
    const last = shown.at(-1);
    return {
      total: 'offset' in slice ? found.length : null,
      rows: yield* this.#webhooks(shown.map(({ uid }) => uid)),
      more: 'after' in slice && behind.length > shown.length,
      next: last ? { key: last.key, uid: last.uid } : null,
    };
  }

  *#candidates({ filter, sort }: Request): Asking<Candidate[]> {
    const { within, textsOf } = this.#rows.dialect;
    const { uids, eventTypes, statuses, q } = filter;
    const where = [
      'v.id = w.version_id',
      'w.deleted_at IS NULL',
      uids ? within('w.uid', 'uids') : '',
      statuses ? within('v.status', 'statuses') : '',
      eventTypes
        ? `EXISTS (SELECT 1 FROM ${textsOf('v.event_types')} WHERE ${within('value', 'types')})`
        : '',
    ].filter((part) => part !== '');
    const sql = `
      SELECT ${KEYS[sort]} AS key, w.uid, v.url, v.description
      FROM webhook w CROSS JOIN webhook_version v ${WITH_LANE}
      WHERE ${where.join(' AND ')}`;
    const bound = { uids: uids ?? [], statuses: statuses ?? [], types: eventTypes ?? [] };
    const candidates = yield* askAll<Candidate>(this.#rows, sql, bound);
    if (q.length === 0) return candidates;
    // Here, so that it is the same in every dialect: SQLite folds the case of ASCII letters only.
    const parts = q.map((part) => part.toLowerCase());
    return candidates.filter(({ url, description }) => {
      const texts = [url, description ?? ''].map((text) => text.toLowerCase());
      return parts.every((part) => texts.some((text) => text.includes(part)));
    });
  }

  *#webhooks(uids: readonly number[]): Asking<Webhook[]> {
    if (uids.length === 0) return [];
    const sql = GET + this.#rows.dialect.within('w.uid', 'uids');
    const found = yield* askAll<VersionRow>(this.#rows, sql, { uids });
    const byUid = new Map(found.map((row) => [row.uid, row]));
    return uids.map((uid) => {
      const row = byUid.get(uid);
      if (!row) throw new Error(`webhook ${uid} vanished within a snapshot`);
      return toWebhook(this.#keyring, row);
    });
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
