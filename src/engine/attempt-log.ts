import type { Logger } from 'pino';
import type { HeldDelivery, OutcomeRequest, OutcomeResult } from '../store/store.js';
import type { Target } from './directory.js';

/** `changes`: failures only; `all`: each attempt. */
export type LogAttempts = 'changes' | 'all';

/** One wide line an attempt, with every id and the outcome; the URL goes without its query. */
export function logAttempt(
  log: Logger,
  which: LogAttempts,
  delivery: HeldDelivery,
  target: Target,
  { attempt, next, probe, disable }: OutcomeRequest,
  result: OutcomeResult,
): void {
  const failed = next.state !== 'delivered';
  if (!failed && which !== 'all' && result.kind === 'recorded') return;
  const url = new URL(target.webhook.url);
  const line = {
    delivery_uid: delivery.uid,
    webhook_uid: delivery.webhookUid,
    webhook_version: attempt.versionId,
    event_id: delivery.event.eventId,
    event_type: delivery.event.eventType,
    attempt: attempt.number,
    probe: probe || undefined,
    resend: attempt.resend || undefined,
    resent: attempt.resent || undefined,
    url: url.origin + url.pathname,
    response_status: attempt.responseStatus,
    error: attempt.error?.kind,
    error_message: attempt.error?.message,
    note: attempt.note ?? undefined,
    duration_ms: attempt.durationMs,
    outcome: result.kind === 'stale' ? 'stale' : result.state,
    next_attempt_in_ms: result.kind === 'recorded' ? result.dueInMs : null,
    webhook_disabled: result.kind === 'recorded' && result.disabled ? disable : undefined,
  };
  if (failed || result.kind === 'stale') log.warn(line, 'attempt');
  else log.info(line, 'attempt');
}
