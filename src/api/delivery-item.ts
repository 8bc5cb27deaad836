import { eventBody } from '../domain/event-body.js';
import { type IdOrigin, messageIdOf } from '../domain/message-id.js';
import { parseForm } from '../domain/request-form.js';
import { maskedHeaders, requestHeaders } from '../domain/request-headers.js';
import { signer } from '../domain/signature.js';
import { eventText } from '../domain/texts/event-text.js';
import { DEFAULT_LOCALE, type Locale } from '../domain/texts/locale.js';
import type { Webhook } from '../domain/webhook.js';
import { ownHeaders } from '../domain/webhook-rules.js';
import type { DeliveryRow, EventRow, RecordedAttempt, StoredEvent } from '../store/store.js';
import type { AttemptEntry, Delivery, DeliveryItem } from './contract/delivery.js';

/** What the headers of past attempts are made from again, beside their forms: what of it is used is never changed. */
export interface Sent {
  versions: ReadonlyMap<number, Webhook>;
  idOrigin: IdOrigin;
}

/** A delivery of `event` with what became of each attempt. */
export function deliveryOf(
  event: StoredEvent,
  row: EventRow['deliveries'][number],
  sent: Sent,
  locale: Locale = DEFAULT_LOCALE,
): Delivery {
  const body = { event, bytes: Buffer.from(eventBody(event)) };
  return {
    ...deliveryItem(row, locale),
    attempt_log: row.attemptLog.map((attempt) => attemptEntry(attempt, row, body, sent)),
  };
}

/** A delivery as the lists show it. */
export function deliveryItem(row: DeliveryRow, locale: Locale): DeliveryItem {
  return {
    item_uid: row.uid,
    webhook_uid: row.webhookUid,
    url: row.url,
    event_id: row.eventId,
    event_type: row.eventType,
    event_text: eventText(row.eventType, locale),
    status: row.held ? 'held' : row.state,
    reason: row.reason,
    attempts: row.attempts,
    max_attempts: row.maxAttempts,
    response_status: row.responseStatus,
    created_at: row.acceptedAt,
    last_attempt_at: row.lastAttemptAt,
    next_attempt_at: row.nextAttemptAt,
    test: row.test,
  };
}

/** An event, and its bytes as they are sent. */
interface Body {
  event: StoredEvent;
  bytes: Uint8Array;
}

function attemptEntry(attempt: RecordedAttempt, row: DeliveryRow, body: Body, sent: Sent): AttemptEntry {
  const version = sent.versions.get(attempt.versionId);
  return {
    attempt: attempt.number,
    started_at: attempt.startedAt,
    duration_ms: attempt.durationMs,
    response_status: attempt.responseStatus,
    error: attempt.error?.message ?? null,
    note: attempt.note,
    request_headers: version ? sentHeaders(attempt, version, row, body, sent) : null,
    response_headers: attempt.responseHeaders,
    response_body: attempt.responseBody,
    resent: attempt.resent,
  };
}

/**
 * As they went over the wire: they are not stored, since the attempt's own form and input give them again. null: it was
 * not recorded by which form, and today's may be another.
 */
function sentHeaders(
  attempt: RecordedAttempt,
  version: Webhook,
  row: DeliveryRow,
  { event, bytes }: Body,
  { idOrigin }: Sent,
): string | null {
  const form = attempt.form === null ? null : parseForm(attempt.form);
  if (form === null) return null;
  const own = ownHeaders(version.headers);
  const headers = requestHeaders(form, {
    ownHeaders: own,
    signer: version.secret === null ? null : signer(version.secret),
    messageId: messageIdOf(idOrigin, row),
    body: bytes,
    attemptNumber: attempt.number,
    atMs: attempt.startedAt,
    eventCreatedAt: event.createdAt,
    resend: attempt.resend,
  });
  const ownNames = own.map(([name]) => name);
  return maskedHeaders(headers, ownNames)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
