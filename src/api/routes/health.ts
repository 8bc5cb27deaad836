import type { FastifyInstance } from 'fastify';
import { Health } from '../contract/health.js';
import { operation, serve } from '../contract/operation.js';
import type { RouteParts } from './route-parts.js';

export const HEALTH_OPERATIONS = {
  live: operation({
    id: 'getLive',
    tag: 'Machines',
    method: 'GET',
    path: '/health/live',
    summary: 'Say that the process answers',
    access: 'open',
    answer: { json: { schema: Health, example: { status: 'live' } } },
    errors: [],
  }),
  ready: operation({
    id: 'getReady',
    tag: 'Machines',
    method: 'GET',
    path: '/health/ready',
    summary: 'Say that the store answers too',
    access: 'open',
    answer: { json: { schema: Health, example: { status: 'ready' } } },
    errors: [],
  }),
};

export function healthRoutes(app: FastifyInstance, { store }: RouteParts): void {
  serve(app, HEALTH_OPERATIONS.live, () => ({ status: 'live' as const }));

  serve(app, HEALTH_OPERATIONS.ready, async () => {
    await store.people.countUsers();
    return { status: 'ready' as const };
  });
}
