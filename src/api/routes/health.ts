import type { FastifyInstance } from 'fastify';
import type { RouteParts } from './route-parts.js';

export function healthRoutes(app: FastifyInstance, { store }: RouteParts): void {
  app.get('/health/live', { config: { access: 'open' } }, () => ({ status: 'live' }));

  app.get('/health/ready', { config: { access: 'open' } }, async () => {
    await store.people.countUsers();
    return { status: 'ready' };
  });
}
