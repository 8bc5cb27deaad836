import type { SignalKinds } from '../../engine/door.js';
import type {
  StreamAccepted,
  StreamAttempt,
  StreamEnded,
  StreamHealth,
  StreamJob,
  StreamMessages,
} from '../contract/stream.js';

/** Events of one request that are named. */
const NAMED_EVENTS = 20;

/** A message as it goes over the wire. `id` names its place among all that were told. */
export function messageText<K extends keyof StreamMessages>(
  event: K,
  id: string,
  data: StreamMessages[K],
): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function acceptedMessage({ events, at }: SignalKinds['accepted']): StreamAccepted {
  return {
    at,
    count: events.length,
    events: events.slice(0, NAMED_EVENTS).map(({ eventId, eventType, source }) => ({
      event_id: eventId,
      event_type: eventType,
      source,
    })),
  };
}

export function attemptMessage(told: SignalKinds['attempt']): StreamAttempt {
  return {
    delivery_uid: told.deliveryUid,
    webhook_uid: told.webhookUid,
    event_id: told.eventId,
    event_type: told.eventType,
    attempt: told.number,
    started_at: told.startedAt,
    duration_ms: told.durationMs,
    response_status: told.responseStatus,
    error: told.error,
    resend: told.resend,
    probe: told.probe,
    test: told.test,
    status: told.outcome,
    next_attempt_in_ms: told.dueInMs === null ? null : Math.max(0, Math.round(told.dueInMs)),
  };
}

export function endedMessage(told: SignalKinds['ended']): StreamEnded {
  return {
    delivery_uid: told.deliveryUid,
    webhook_uid: told.webhookUid,
    event_id: told.eventId,
    event_type: told.eventType,
    status: told.state,
    reason: told.reason,
    test: told.test,
    accepted_at: told.acceptedAt,
    at: told.at,
  };
}

export function healthMessage(told: SignalKinds['health']): StreamHealth {
  return {
    webhook_uid: told.webhookUid,
    url: told.url,
    health: told.health,
    reason: told.reason,
    failing_since: told.failingSince,
    next_probe_at: told.nextProbeAt,
    at: told.at,
  };
}

export function jobMessage(told: SignalKinds['job']): StreamJob {
  return {
    resend_uid: told.jobUid,
    webhook_uid: told.webhookUid,
    state: told.state,
    total: told.total,
    done: told.done,
    skipped: told.skipped,
    at: told.at,
  };
}
