import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.js';
import { type Log, loggableUrl } from '../log.js';
import { Budget } from './budget.js';

/** Many a second: written only when everything is. */
const BUSY = new Set([
  '/api/v1/events',
  '/api/v1/system/data/clear',
  '/health/live',
  '/health/ready',
  '/metrics',
]);
/** Lines of refused requests, which anybody can cause: this many at once, and then one in this many ms. */
const REFUSED_AT_ONCE = 100;
const REFUSED_EVERY_MS = 1_000;

/** One line a request: changes and refused credentials at `info`, all others at `debug`. */
export class RequestLog {
  readonly #log: Log;
  readonly #budget: Budget;
  #left = 0;

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    const now = () => clock.monotonic();
    this.#budget = new Budget({ most: REFUSED_AT_ONCE, everyMs: REFUSED_EVERY_MS, now });
  }

  write(request: FastifyRequest, reply: FastifyReply): void {
    const refused = isRefused(reply.statusCode);
    const level = refused || isChange(request, reply.statusCode) ? 'info' : 'debug';
    if (!this.#log.isLevelEnabled(level)) return;
    if (refused && !this.#log.isLevelEnabled('debug') && !this.#budget.take()) {
      this.#left += 1;
      return;
    }
    this.#log[level](
      {
        method: request.method,
        url: loggableUrl(request.url),
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
        address: request.ip,
        ...whose(request.caller),
        ...(this.#left > 0 && { refused_unlogged: this.#left }),
      },
      'request',
    );
    this.#left = 0;
  }
}

/** Which account or key it was. */
function whose(caller: FastifyRequest['caller']): Record<string, number | null> {
  return caller ? { [`${caller.actor.kind}_uid`]: caller.actor.uid } : {};
}

function isRefused(status: number): boolean {
  return status === 401 || status === 403 || status === 429 || status >= 500;
}

function isChange(request: FastifyRequest, status: number): boolean {
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  return changes && status < 400 && !BUSY.has(request.routeOptions.url ?? '');
}
