/** For Express 5. */
import type { WebhookEvent } from './event.js';
import { answerText, type NodeRequest, type NodeResponse, readNodeBody } from './node-body.js';
import { bodyIsGone, bodyLimit, type ReceiverOptions, refusalOf } from './receive.js';
import { verifier } from './verify.js';

export type { ReceiverOptions } from './receive.js';

declare global {
  namespace Express {
    interface Request {
      /** The verified event; there only behind `webhookReceiver`. */
      webhook: WebhookEvent;
    }
  }
}

type ExpressRequest = NodeRequest & { body?: unknown; webhook?: WebhookEvent };

/**
 * A middleware that reads and verifies the body and leaves the event in `request.webhook`. What fails is
 * answered with 400, 401 or 413 and goes no further. It stands before any body parser but `express.raw`; behind
 * another one it fails with a `TypeError`, which Express answers with 500.
 * @throws TypeError at once for no secret or an impossible option
 */
export function webhookReceiver(
  options: ReceiverOptions,
): (request: ExpressRequest, response: NodeResponse, next: (error?: unknown) => void) => void {
  const check = verifier(options.secret, options);
  const limit = bodyLimit(options);
  return (request, response, next) => {
    rawBody(request, limit)
      .then((body) => check(body, request.headers))
      .then(
        (event) => {
          request.webhook = event;
          next();
        },
        (error: unknown) => {
          const refusal = refusalOf(error);
          if (refusal) answerText(response, refusal.status, refusal.text);
          else next(error);
        },
      );
  };
}

async function rawBody(request: ExpressRequest, limit: number): Promise<Uint8Array> {
  if (request.body instanceof Uint8Array) return request.body;
  if (request.body !== undefined) throw bodyIsGone();
  return readNodeBody(request, limit);
}
