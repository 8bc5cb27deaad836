import type { FastifyInstance } from 'fastify';
import { Live, Ready } from '../contract/health.js';
import { operation, serve } from '../contract/operation.js';
import type { RouteParts } from './route-parts.js';

export const HEALTH_OPERATIONS = {
  live: operation({
    id: 'getLive',
    tag: 'Machines',
    method: 'GET',
    path: '/health/live',
    summary: 'Say that the process answers',
    description: 'It reads and writes nothing: a process whose store is away is not helped by a restart.',
    access: 'open',
    answer: { json: { schema: Live, example: { status: 'live' } } },
    errors: [],
  }),
  ready: operation({
    id: 'getReady',
    tag: 'Machines',
    method: 'GET',
    path: '/health/ready',
    summary: 'Say whether requests should be sent here',
    description:
      '503 while the store takes no writes, while others take this process for dead, and once a stop has begun. At the limit of the disk or the backlog it is still ready: everything but reporting events works, and those are refused with a `Retry-After` that a balancer without servers would not give; `pressure` says so.',
    access: 'open',
    answer: { json: { schema: Ready, example: { status: 'ready', pressure: null } } },
    errors: [],
  }),
};

export function healthRoutes(app: FastifyInstance, { engine, pressure }: RouteParts): void {
  serve(app, HEALTH_OPERATIONS.live, () => ({ status: 'live' as const }));

  serve(app, HEALTH_OPERATIONS.ready, async () => {
    await engine.ready();
    return { status: 'ready' as const, pressure: pressure() };
  });
}
