/** For Fastify 5. */
import type { FastifyPluginAsync } from 'fastify';
import type { WebhookEvent } from './event.js';
import { bodyLimit, type ReceiverOptions, refusalOf } from './receive.js';
import { verifier } from './verify.js';

export type { ReceiverOptions } from './receive.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The verified event; there only in the scope of `webhookReceiver`. */
    webhook: WebhookEvent;
  }
}

// An async function: Fastify reports what it throws; what a callback throws brings the program down.
const receiver: FastifyPluginAsync<ReceiverOptions> = async (scope, options) => {
  const check = verifier(options.secret, options);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: bodyLimit(options) },
    (_request, body, parsed) => parsed(null, body),
  );
  scope.decorateRequest('webhook');
  // Before a route's schema, which would judge the bytes.
  scope.addHook('preValidation', async (request, reply) => {
    try {
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      request.webhook = await check(body, request.headers);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return reply.code(refusal.status).type('text/plain; charset=utf-8').send(refusal.text);
    }
  });
};

/**
 * A plug-in for the scope that it is registered in: every route there gets the event in `request.webhook`
 * and the bytes in `request.body`; what fails is answered with 400, 401 or 413. Register it in a scope of its
 * own, since it takes the place of all body parsers there.
 */
export const webhookReceiver: FastifyPluginAsync<ReceiverOptions> = Object.assign(receiver, {
  // Without this Fastify would give the plug-in a scope of its own, with no routes in it.
  [Symbol.for('skip-override')]: true,
});
