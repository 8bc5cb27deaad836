import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { parseAuthorization } from '../../domain/login.js';
import { operation, serve } from '../contract/operation.js';
import type { RouteParts } from './route-parts.js';

export const METRICS_OPERATIONS = {
  read: operation({
    id: 'getMetrics',
    tag: 'Machines',
    method: 'GET',
    path: '/metrics',
    summary: 'Read the metrics, in the text format of Prometheus',
    description:
      'Anyone may, unless `LATCHHOOK_METRICS_TOKEN` is set, which is then asked for as a Bearer token.',
    access: 'open',
    answer: { text: { 'text/plain': 'latchhook_events_accepted_total 45\n' } },
    errors: ['log-in'],
  }),
};

export function metricsRoutes(app: FastifyInstance, { metrics, config }: RouteParts): void {
  const wanted = config.metricsToken === null ? null : digest(config.metricsToken);

  serve(app, METRICS_OPERATIONS.read, async (request, reply) => {
    if (wanted) {
      const given = parseAuthorization(request.headers.authorization);
      // Of equal length, so that comparing takes as long whatever was given.
      const same = given.kind === 'bearer' && timingSafeEqual(digest(given.token), wanted);
      if (!same) throw new Refusal('log-in');
    }
    reply.type(metrics.contentType);
    return metrics.text();
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
