import type { Clock } from '../clock.js';
import type {
  AcceptedEvent,
  AcceptResult,
  HeldDelivery,
  OutcomeRequest,
  OutcomeResult,
} from '../store/store.js';
import type { EngineSignals } from './signals.js';

/** Tells an attempt whose outcome is stored or stale, and the end of its delivery. */
export function tellAttempt(
  signals: EngineSignals,
  clock: Clock,
  delivery: HeldDelivery,
  { attempt, next, probe }: OutcomeRequest,
  result: OutcomeResult,
  test = false,
): void {
  const recorded = result.kind === 'recorded' ? result : null;
  signals.emit('attempt', () => ({
    deliveryUid: delivery.uid,
    webhookUid: delivery.webhookUid,
    eventId: delivery.event.eventId,
    eventType: delivery.event.eventType,
    number: attempt.number,
    startedAt: attempt.startedAt,
    durationMs: attempt.durationMs,
    responseStatus: attempt.responseStatus,
    error: attempt.error?.kind ?? null,
    resend: attempt.resend,
    probe,
    test,
    outcome: recorded?.state ?? 'stale',
    dueInMs: recorded?.dueInMs ?? null,
    acceptedAt: delivery.acceptedAt,
  }));
  if (!recorded || recorded.dueInMs !== null) return;
  signals.emit('ended', () => ({
    deliveryUid: delivery.uid,
    webhookUid: delivery.webhookUid,
    eventId: delivery.event.eventId,
    eventType: delivery.event.eventType,
    state: recorded.state,
    reason: next.state === recorded.state && 'reason' in next ? next.reason : 'webhook-deleted',
    test,
    acceptedAt: delivery.acceptedAt,
    at: clock.now(),
  }));
}

/** Tells the events of a request that are durable, without those that the store had already. */
export function tellAccepted(
  signals: EngineSignals,
  clock: Clock,
  events: readonly AcceptedEvent[],
  { items }: Extract<AcceptResult, { kind: 'accepted' }>,
): void {
  signals.emit('accepted', () => ({
    events: events.flatMap(({ eventType, source }, n) => {
      const item = items[n];
      return item && !item.duplicate ? [{ eventId: item.eventId, eventType, source }] : [];
    }),
    at: clock.now(),
  }));
}
