import { type Attempt, type AttemptErrorKind, type DeliveryState, STATES } from '../../domain/delivery.js';
import type { StoredEvent } from '../../domain/event.js';
import { eventTypeName } from '../../domain/event-types.js';
import type { Keyring } from '../keyring.js';
import { SPAN } from '../statistics.js';
import type {
  DeliveryDetails,
  EventRow,
  ListingStore,
  StatisticsQuery,
  StatisticsResult,
  SystemRow,
} from '../store.js';
import { ConditionsReader } from './listing-conditions.js';
import { DeliveryList } from './listing-deliveries.js';
import { EventList } from './listing-events.js';
import { DELIVERY_ROW, type DeliveryRecord, toDeliveryRow } from './listing-row.js';
import { Statements } from './listing-statements.js';
import { WebhookList } from './listing-webhooks.js';
import type { Reader } from './reader.js';
import type { SqliteStatistics } from './statistics.js';
import { readSystem } from './system.js';

const EVENT = `
  SELECT id, event_type, source, data, created_at, accepted_at, first_delivery, last_delivery
  FROM event WHERE id = ?`;
export const DELIVERIES_OF_EVENT = `
  ${DELIVERY_ROW}
  WHERE d.uid BETWEEN ? AND ? AND d.event_id = ? ORDER BY d.uid`;
const EVENT_OF_DELIVERY = 'SELECT event_id FROM delivery WHERE uid = ?';
const ATTEMPTS = 'SELECT * FROM attempt WHERE delivery_uid = ? ORDER BY number';
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
  readonly #statistics: SqliteStatistics;
  readonly #event;
  readonly #eventOfDelivery;
  readonly #deliveriesOfEvent;
  readonly #attempts;
  readonly #webhooks: WebhookList;
  readonly #deliveries: DeliveryList;
  readonly #events: EventList;
  readonly #totals;

  constructor(reader: Reader, keyring: Keyring, listLevels: readonly number[], statistics: SqliteStatistics) {
    this.#reader = reader;
    this.#statistics = statistics;
    const { database } = reader;
    this.#event = database.prepare<[number], EventRecord>(EVENT);
    this.#eventOfDelivery = database.prepare<[number], { event_id: number }>(EVENT_OF_DELIVERY);
    this.#deliveriesOfEvent = database.prepare<[number, number, number], DeliveryRecord>(DELIVERIES_OF_EVENT);
    this.#attempts = database.prepare<[number], AttemptRecord>(ATTEMPTS);
    const statements = new Statements(database);
    const conditions = new ConditionsReader(database);
    this.#webhooks = new WebhookList(statements, keyring);
    this.#deliveries = new DeliveryList(statements, conditions, listLevels);
    this.#events = new EventList(statements, conditions, this.#deliveries, listLevels);
    this.#totals = database.prepare<[], { state: number; count: number }>(TOTALS);
  }

  async event(eventId: number): Promise<EventRow | null> {
    return this.#reader.snapshot(() => {
      const event = this.#event.get(eventId);
      if (!event) return null;
      const { first_delivery: first, last_delivery: last } = event;
      return {
        ...toEvent(event),
        source: event.source,
        acceptedAt: event.accepted_at,
        deliveries: this.#deliveriesWithAttempts(first ?? 0, last ?? 0, event.id),
      };
    });
  }

  async delivery(uid: number): Promise<DeliveryDetails | null> {
    return this.#reader.snapshot(() => {
      const eventId = this.#eventOfDelivery.get(uid)?.event_id;
      const event = eventId === undefined ? undefined : this.#event.get(eventId);
      if (!event) return null;
      const [delivery] = this.#deliveriesWithAttempts(uid, uid, event.id);
      return delivery ? { event: toEvent(event), delivery } : null;
    });
  }

  async statistics(query: StatisticsQuery): Promise<StatisticsResult> {
    return this.#statistics.count(query);
  }

  system(): Promise<SystemRow> {
    return readSystem(this.#reader);
  }

  async webhooks(request: Parameters<ListingStore['webhooks']>[0]): ReturnType<ListingStore['webhooks']> {
    return this.#reader.snapshot(() => this.#webhooks.list(request));
  }

  async deliveries(
    request: Parameters<ListingStore['deliveries']>[0],
  ): ReturnType<ListingStore['deliveries']> {
    return this.#reader.snapshot(() => this.#deliveries.byUid(request));
  }

  async retriesByDue(
    request: Parameters<ListingStore['retriesByDue']>[0],
  ): ReturnType<ListingStore['retriesByDue']> {
    return this.#reader.snapshot(() => this.#deliveries.byDue(request));
  }

  async events(request: Parameters<ListingStore['events']>[0]): ReturnType<ListingStore['events']> {
    return this.#reader.snapshot(() => this.#events.list(request));
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

  #deliveriesWithAttempts(first: number, last: number, eventId: number): EventRow['deliveries'] {
    return this.#deliveriesOfEvent.all(first, last, eventId).map((row) => ({
      ...toDeliveryRow(row),
      attemptLog: this.#attempts.all(row.uid).map(toAttempt),
    }));
  }
}

function toEvent(row: EventRecord): StoredEvent {
  return {
    eventId: row.id,
    eventType: eventTypeName(row.event_type),
    data: row.data,
    createdAt: row.created_at,
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
