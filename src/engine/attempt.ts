import type { Clock } from '../clock.js';
import type { Attempt } from '../domain/delivery.js';
import { maskEchoes } from '../domain/echo.js';
import { eventBody } from '../domain/event-body.js';
import { messageIdOf } from '../domain/message-id.js';
import { requestHeaders } from '../domain/request-headers.js';
import { afterAttempt } from '../domain/retry.js';
import type { HeldDelivery, OutcomeRequest, Session } from '../store/store.js';
import type { Judgement, Made } from './circuit.js';
import type { Target } from './directory.js';
import type { HeardAnswer } from './receiver-clocks.js';
import type { Sender } from './sender.js';
import type { SendingAs } from './sending-as.js';

export interface AttemptParts {
  sender: Sender;
  clock: Clock;
  /** 0 ≤ x < 1 */
  random: () => number;
  as: SendingAs;
  onAnswer?: (heard: HeardAnswer) => void;
  retryBaseMs: number;
  retryFactor: number;
}

/**
 * One HTTP request for a delivery: sign, send, decide. Resolves to the outcome that the store is to
 * write, or to null when the request was cut off because we are stopping: such a try takes no number
 * and no retry.
 */
export async function attempt(
  parts: AttemptParts,
  session: Session,
  delivery: HeldDelivery,
  target: Target,
  judge: (made: Made) => Judgement = ({ next, disable }) => ({ next, disable, probe: false, lane: null }),
): Promise<OutcomeRequest | null> {
  const { clock } = parts;
  const startedAt = clock.now();
  const begun = clock.monotonic();
  const number = delivery.attempts + 1;
  const { resend } = delivery;
  const body = Buffer.from(eventBody(delivery.event));
  const answer = await parts.sender.send({
    url: target.webhook.url,
    headers: requestHeaders(parts.as.form, {
      ownHeaders: target.ownHeaders,
      signer: target.signer,
      messageId: messageIdOf(parts.as.idOrigin, delivery),
      body,
      attemptNumber: number,
      atMs: startedAt,
      eventCreatedAt: delivery.event.createdAt,
      resend,
    }),
    body,
    timeoutMs: target.timeoutMs,
  });
  if (answer.error?.kind === 'aborted') return null;
  parts.onAnswer?.({ origin: target.origin, headers: answer.headers, sentAt: startedAt });
  const record: Attempt = {
    number,
    versionId: target.webhook.versionId,
    formId: parts.as.formId,
    startedAt,
    durationMs: Math.round(clock.monotonic() - begun),
    responseStatus: answer.status,
    error: answer.error,
    note: answer.note,
    responseHeaders: maskEchoes(answer.headers, target.echoes),
    responseBody: maskEchoes(answer.body, target.echoes),
    resend,
    resent: answer.resent,
  };
  const { next, disable } = afterAttempt({
    responseStatus: answer.status,
    failed: answer.error !== null,
    retryAfter: answer.retryAfter,
    nowMs: clock.now(),
    attemptsBefore: delivery.attempts,
    runBase: delivery.runBase,
    maxRetries: target.webhook.maxRetries,
    retryBaseMs: parts.retryBaseMs,
    retryFactor: parts.retryFactor,
    random: parts.random(),
  });
  const judgement = judge({
    deliveryUid: delivery.uid,
    responseStatus: answer.status,
    errorKind: answer.error?.kind ?? null,
    retryAfter: answer.retryAfter,
    next,
    disable,
  });
  return { session, deliveryUid: delivery.uid, claimNo: delivery.claimNo, attempt: record, ...judgement };
}
