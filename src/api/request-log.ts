import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Log, loggableUrl } from '../log.js';

/** Many a second: written only when everything is. */
const BUSY = new Set([
  '/api/v1/events',
  '/api/v1/system/data/clear',
  '/health/live',
  '/health/ready',
  '/metrics',
]);

/** One line a request: changes and refused credentials at `info`, all others at `debug`. */
export function logRequest(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  const level = isNotable(request, reply.statusCode) ? 'info' : 'debug';
  if (!log.isLevelEnabled(level)) return;
  log[level](
    {
      method: request.method,
      url: loggableUrl(request.url),
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime),
      address: request.ip,
      ...whose(request.caller),
    },
    'request',
  );
}

/** Which account or key it was. */
function whose(caller: FastifyRequest['caller']): Record<string, number | null> {
  return caller ? { [`${caller.actor.kind}_uid`]: caller.actor.uid } : {};
}

function isNotable(request: FastifyRequest, status: number): boolean {
  if (status === 401 || status === 403 || status === 429 || status >= 500) return true;
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  return changes && status < 400 && !BUSY.has(request.routeOptions.url ?? '');
}
