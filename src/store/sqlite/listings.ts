import {
  type Attempt,
  type AttemptErrorKind,
  type DeliveryState,
  type EndReason,
  OPEN_BELOW,
  STATES,
} from '../../domain/delivery.js';
import { eventTypeName } from '../../domain/event-types.js';
import type { Webhook } from '../../domain/webhook.js';
import type { Keyring } from '../keyring.js';
import { SPAN } from '../statistics.js';
import type { DeliveryRow, EventRow, ListingStore } from '../store.js';
import type { Reader } from './reader.js';
import { toWebhook, VERSION_COLUMNS, type VersionRow } from './versions.js';

const EVENT = `
  SELECT id, event_type, source, data, created_at, accepted_at, first_delivery, last_delivery
  FROM event WHERE id = ?`;
/**
 * `current`: what the webhook says now, or said last; `used`: what the last attempt went by. `CROSS JOIN`
 * fixes the order: with few webhooks the planner began with those, and scanned.
 */
export const DELIVERIES_OF_EVENT = `
  SELECT d.uid, d.webhook_uid, d.event_id, d.event_type, d.state, d.reason, d.attempts, d.run_base,
    d.due_at, d.accepted_at, d.last_attempt_at, d.response_status, d.test,
    w.deleted_at IS NULL AND current.status = 'active' AS takes_attempts,
    coalesce(used.url, current.url) AS url,
    CASE WHEN d.state < 2 THEN current.max_retries ELSE coalesce(used.max_retries, current.max_retries) END
      AS max_retries
  FROM delivery d
  CROSS JOIN webhook w ON w.uid = d.webhook_uid
  CROSS JOIN webhook_version current ON current.id = w.version_id
  LEFT JOIN webhook_version used ON used.id = d.version_id
  WHERE d.uid BETWEEN ? AND ? AND d.event_id = ? ORDER BY d.uid`;
const ATTEMPTS = 'SELECT * FROM attempt WHERE delivery_uid = ? ORDER BY number';
const COUNT_WEBHOOKS = 'SELECT count(*) AS count FROM webhook WHERE deleted_at IS NULL';
const WEBHOOKS = `
  SELECT ${VERSION_COLUMNS} FROM webhook w JOIN webhook_version v ON v.id = w.version_id
  WHERE w.deleted_at IS NULL ORDER BY w.uid DESC LIMIT ? OFFSET ?`;
const TOTALS = `SELECT state, sum(count) AS count FROM stat WHERE span = ${SPAN.total} GROUP BY state`;

interface EventRecord {
  id: number;
  event_type: number;
  source: string;
  data: string;
  created_at: number;
  accepted_at: number;
  first_delivery: number | null;
  last_delivery: number | null;
}

interface DeliveryRecord {
  uid: number;
  webhook_uid: number;
  event_id: number;
  event_type: number;
  state: number;
  reason: EndReason | null;
  attempts: number;
  run_base: number;
  due_at: number;
  accepted_at: number;
  last_attempt_at: number | null;
  response_status: number | null;
  test: number;
  takes_attempts: number;
  url: string;
  max_retries: number;
}

interface AttemptRecord {
  number: number;
  version_id: number;
  started_at: number;
  duration_ms: number;
  response_status: number | null;
  error_kind: AttemptErrorKind | null;
  error_message: string | null;
  response_headers: string | null;
  response_body: string | null;
  resend: number;
}

export class SqliteListings implements ListingStore {
  readonly #reader: Reader;
  readonly #keyring: Keyring;
  readonly #event;
  readonly #deliveriesOfEvent;
  readonly #attempts;
  readonly #countWebhooks;
  readonly #webhooks;
  readonly #totals;

  constructor(reader: Reader, keyring: Keyring) {
    this.#reader = reader;
    this.#keyring = keyring;
    const { database } = reader;
    this.#event = database.prepare<[number], EventRecord>(EVENT);
    this.#deliveriesOfEvent = database.prepare<[number, number, number], DeliveryRecord>(DELIVERIES_OF_EVENT);
    this.#attempts = database.prepare<[number], AttemptRecord>(ATTEMPTS);
    this.#countWebhooks = database.prepare<[], { count: number }>(COUNT_WEBHOOKS);
    this.#webhooks = database.prepare<[number, number], VersionRow>(WEBHOOKS);
    this.#totals = database.prepare<[], { state: number; count: number }>(TOTALS);
  }

  async event(eventId: number): Promise<EventRow | null> {
    return this.#reader.snapshot(() => {
      const event = this.#event.get(eventId);
      if (!event) return null;
      const rows = this.#deliveriesOfEvent.all(event.first_delivery ?? 0, event.last_delivery ?? 0, event.id);
      return {
        eventId: event.id,
        eventType: eventTypeName(event.event_type),
        source: event.source,
        data: event.data,
        createdAt: event.created_at,
        acceptedAt: event.accepted_at,
        deliveries: rows.map((row) => ({
          ...toDeliveryRow(row),
          attemptLog: this.#attempts.all(row.uid).map(toAttempt),
        })),
      };
    });
  }

  async webhooks(page: { limit: number; offset: number }): Promise<{ total: number; rows: Webhook[] }> {
    return this.#reader.snapshot(() => ({
      total: this.#countWebhooks.get()?.count ?? 0,
      rows: this.#webhooks.all(page.limit, page.offset).map((row) => toWebhook(this.#keyring, row)),
    }));
  }

  async totals(): Promise<Record<DeliveryState, number>> {
    return this.#reader.read(() => {
      const totals = { pending: 0, retrying: 0, delivered: 0, failed: 0, cancelled: 0, expired: 0 };
      for (const { state, count } of this.#totals.all()) {
        const name = STATES[state];
        if (name) totals[name] = count;
      }
      return totals;
    });
  }
}

function toDeliveryRow(row: DeliveryRecord): DeliveryRow {
  const open = row.state < OPEN_BELOW;
  const held = open && row.takes_attempts === 0;
  const test = row.test !== 0;
  return {
    uid: row.uid,
    webhookUid: row.webhook_uid,
    url: row.url,
    eventId: row.event_id,
    eventType: eventTypeName(row.event_type),
    state: STATES[row.state] ?? 'pending',
    held,
    reason: row.reason,
    attempts: row.attempts,
    maxAttempts: row.run_base + 1 + (test ? 0 : row.max_retries),
    responseStatus: row.response_status,
    acceptedAt: row.accepted_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: open && !held ? row.due_at : null,
    test,
  };
}

function toAttempt(row: AttemptRecord): Attempt {
  return {
    number: row.number,
    versionId: row.version_id,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    responseStatus: row.response_status,
    error: row.error_kind === null ? null : { kind: row.error_kind, message: row.error_message ?? '' },
    responseHeaders: row.response_headers,
    responseBody: row.response_body,
    resend: row.resend !== 0,
  };
}
