import type { FastifyInstance } from 'fastify';
import { EVENT_TYPES, eventCategory } from '../../domain/event-types.js';
import { eventText } from '../../domain/texts/event-text.js';
import { localeOf } from '../../domain/texts/locale.js';
import { latchhookVersion } from '../../version.js';
import type { EventTypes, System } from '../contract/system.js';
import type { RouteParts } from './route-parts.js';

export function systemRoutes(app: FastifyInstance, { store, clock }: RouteParts): void {
  const begun = clock.monotonic();

  app.get('/api/v1/system', { config: { access: 'account' } }, async (): Promise<System> => {
    const { store: kind, schema, sizeBytes, disk, nodes } = await store.listings.system();
    return {
      version: latchhookVersion(),
      uptime_ms: Math.round(clock.monotonic() - begun),
      store: { kind, schema, size_bytes: sizeBytes },
      disk: { free_bytes: disk.freeBytes, total_bytes: disk.totalBytes },
      nodes: nodes.map(({ session, openedAt, heartbeatAt }) => ({
        node: session,
        started_at: openedAt,
        seen_at: heartbeatAt,
      })),
    };
  });

  app.get('/api/v1/event-types', { config: { access: 'account' } }, (request): EventTypes => {
    const locale = localeOf(request.query);
    return EVENT_TYPES.map((name) => ({
      event_type: name,
      category: eventCategory(name),
      text: eventText(name, locale),
    }));
  });
}
