import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../domain/errors.js';
import { type Log, loggableUrl } from '../log.js';
import { StoreUnavailable } from '../store/store.js';
import { ACCEPT_ENCODING } from './decoding.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Seconds after which a client may ask again when the store cannot work. */
const STORE_RETRY_AFTER_S = 1;

/** The connection ended before the request was read: nobody is there to be answered. */
export class ClientGone extends Error {}

/** The one place where an error becomes HTTP. What is not a `Refusal` reveals nothing and is logged. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const refusal = asRefusal(error);
  if (refusal.code === 'internal' || refusal.code === 'store-unavailable') {
    log.error({ err: error, method: request.method, url: loggableUrl(request.url) }, 'request failed');
  }
  reply.headers(SECURITY_HEADERS);
  if (refusal.retryAfter !== null) reply.header('retry-after', String(refusal.retryAfter));
  if (refusal.code === 'unsupported-encoding') reply.header('accept-encoding', ACCEPT_ENCODING);
  reply.code(refusal.status).send({ error: refusal.message });
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable) {
    return new Refusal('store-unavailable', '', { cause: error, retryAfter: STORE_RETRY_AFTER_S });
  }
  if (error instanceof ClientGone || isFrameworkRefusal(error)) {
    return new Refusal('bad-request', '', { cause: error });
  }
  return new Refusal('internal', '', { cause: error });
}

/** What fastify refuses before a route of ours is asked. */
function isFrameworkRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return false;
  const { statusCode, code } = error;
  return Number(statusCode) >= 400 && Number(statusCode) < 500 && String(code).startsWith('FST_');
}
