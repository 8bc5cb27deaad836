import { type AttemptErrorKind, type DeliveryState, STATES } from '../../domain/delivery.js';
import type { StoredEvent } from '../../domain/event.js';
import { eventTypeName } from '../../domain/event-types.js';
import type { Asking } from '../asking.js';
import { SPAN } from '../statistics.js';
import type { DeliveryDetails, EventRow, RecordedAttempt } from '../store.js';
import { askAll, askOne, type Rows } from './dialect.js';
import { DELIVERY_ROW, type DeliveryRecord, toDeliveryRow } from './row.js';

const EVENT = `
  SELECT id, event_type, source, data, created_at, accepted_at, first_delivery, last_delivery
  FROM event WHERE id = @id`;
export const DELIVERIES_OF_EVENT = `
  ${DELIVERY_ROW} d.uid BETWEEN @first AND @last AND d.event_id = @id ORDER BY d.uid`;
/** Given to it by jobs long after: greater than all of its own. */
const LATE_OF_EVENT =
  'SELECT delivery_uid AS uid FROM late_delivery WHERE event_id = @id ORDER BY delivery_uid';
const EVENT_OF_DELIVERY = 'SELECT event_id FROM delivery WHERE uid = @uid';
const ATTEMPTS =
  'SELECT a.*, f.text AS form FROM attempt a LEFT JOIN request_form f ON f.id = a.form_id WHERE ';
const TOTALS = `
  SELECT state, CAST(sum(count) AS BIGINT) AS count FROM stat WHERE span = ${SPAN.total} GROUP BY state`;

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
  delivery_uid: number;
  number: number;
  version_id: number;
  started_at: number;
  duration_ms: number;
  response_status: number | null;
  error_kind: AttemptErrorKind | null;
  /** Without a kind: the note beside a success. */
  error_message: string | null;
  response_headers: string | null;
  response_body: string | null;
  resend: number;
  resent: number;
  form_id: number | null;
  form: string | null;
}

/** An event with all its deliveries and attempts; null when unknown. */
export function* readEvent(rows: Rows, eventId: number): Asking<EventRow | null> {
  const event = yield* askOne<EventRecord>(rows, EVENT, { id: eventId });
  if (!event) return null;
  const { first_delivery: first, last_delivery: last } = event;
  const deliveries = yield* deliveriesWithAttempts(rows, first ?? 0, last ?? 0, event.id);
  for (const { uid } of yield* askAll<{ uid: number }>(rows, LATE_OF_EVENT, { id: event.id })) {
    deliveries.push(...(yield* deliveriesWithAttempts(rows, uid, uid, event.id)));
  }
  return {
    ...toEvent(event),
    source: event.source,
    acceptedAt: event.accepted_at,
    deliveries,
  };
}

/** null when unknown. */
export function* readDelivery(rows: Rows, uid: number): Asking<DeliveryDetails | null> {
  const id = (yield* askOne<{ event_id: number }>(rows, EVENT_OF_DELIVERY, { uid }))?.event_id;
  const event = id === undefined ? undefined : yield* askOne<EventRecord>(rows, EVENT, { id });
  if (!event) return null;
  const [delivery] = yield* deliveriesWithAttempts(rows, uid, uid, event.id);
  return delivery ? { event: toEvent(event), delivery } : null;
}

export function* readTotals(rows: Rows): Asking<Record<DeliveryState, number>> {
  const totals = { pending: 0, retrying: 0, delivered: 0, failed: 0, cancelled: 0, expired: 0 };
  for (const { state, count } of yield* askAll<{ state: number; count: number }>(rows, TOTALS)) {
    const name = STATES[state];
    if (name) totals[name] = count;
  }
  return totals;
}

function* deliveriesWithAttempts(
  rows: Rows,
  first: number,
  last: number,
  id: number,
): Asking<EventRow['deliveries']> {
  const deliveries = yield* askAll<DeliveryRecord>(rows, DELIVERIES_OF_EVENT, { first, last, id });
  const sql = `${ATTEMPTS} ${rows.dialect.within('delivery_uid', 'uids')} ORDER BY delivery_uid, number`;
  const uids = deliveries.map(({ uid }) => uid);
  const attempts = uids.length > 0 ? yield* askAll<AttemptRecord>(rows, sql, { uids }) : [];
  const logs = new Map<number, RecordedAttempt[]>(uids.map((uid) => [uid, []]));
  for (const attempt of attempts) logs.get(attempt.delivery_uid)?.push(toAttempt(attempt));
  return deliveries.map((row) => ({ ...toDeliveryRow(row), attemptLog: logs.get(row.uid) ?? [] }));
}

function toEvent(row: EventRecord): StoredEvent {
  return {
    eventId: row.id,
    eventType: eventTypeName(row.event_type),
    data: row.data,
    createdAt: row.created_at,
  };
}

function toAttempt(row: AttemptRecord): RecordedAttempt {
  return {
    number: row.number,
    versionId: row.version_id,
    formId: row.form_id,
    form: row.form,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    responseStatus: row.response_status,
    error: row.error_kind === null ? null : { kind: row.error_kind, message: row.error_message ?? '' },
    note: row.error_kind === null ? row.error_message : null,
    responseHeaders: row.response_headers,
    responseBody: row.response_body,
    resend: row.resend !== 0,
    resent: row.resent !== 0,
  };
}
