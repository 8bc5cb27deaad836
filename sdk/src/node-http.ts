/** For `node:http` and whatever has its requests and responses. */
import type { WebhookEvent } from './event.js';
import { answerText, type NodeRequest, type NodeResponse, readNodeBody } from './node-body.js';
import { bodyLimit, type ReceiverOptions, refusalOf } from './receive.js';
import { verifier } from './verify.js';

export type { ReceiverOptions } from './receive.js';

export interface NodeReceiverOptions extends ReceiverOptions {
  /** Gets what the handler threw; default `console.error`. */
  onError?: (error: unknown) => void;
}

/**
 * A request listener that calls `handler` with each verified event. It answers 204 when the handler is done,
 * 500 when it throws, so that the delivery is tried again, and 400, 401, 405 or 413 without calling it.
 * @throws TypeError at once for no secret or an impossible option
 */
export function createReceiver<Request extends NodeRequest = NodeRequest>(
  handler: (event: WebhookEvent, request: Request) => unknown,
  options: NodeReceiverOptions,
): (request: Request, response: NodeResponse) => void {
  const check = verifier(options.secret, options);
  const limit = bodyLimit(options);
  const { onError = console.error } = options;

  async function receive(request: Request, response: NodeResponse): Promise<void> {
    if (request.method !== 'POST') return answerText(response, 405, 'Webhooks are sent with POST\n');
    let event: WebhookEvent;
    try {
      event = await check(await readNodeBody(request, limit), request.headers);
    } catch (error) {
      const refusal = refusalOf(error);
      return refusal ? answerText(response, refusal.status, refusal.text) : fail(error, response);
    }
    try {
      await handler(event, request);
    } catch (error) {
      return fail(error, response);
    }
    response.writeHead(204, {});
    response.end();
  }

  function fail(error: unknown, response: NodeResponse): void {
    onError(error);
    answerText(response, 500, 'The event could not be handled\n');
  }

  return (request, response) => void receive(request, response);
}
