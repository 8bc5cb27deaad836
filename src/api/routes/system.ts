import type { FastifyInstance } from 'fastify';
import { EVENT_TYPES, eventCategory } from '../../domain/event-types.js';
import { eventText } from '../../domain/texts/event-text.js';
import { localeOf } from '../../domain/texts/locale.js';
import { latchhookVersion } from '../../version.js';
import { operation, serve } from '../contract/operation.js';
import { EventTypes, System } from '../contract/system.js';
import { LOCALE_PARAMETER } from '../listing/list-parameters.js';
import type { RouteParts } from './route-parts.js';

export const SYSTEM_OPERATIONS = {
  system: operation({
    id: 'getSystem',
    tag: 'System',
    method: 'GET',
    path: '/api/v1/system',
    summary: 'Show version, uptime, store, disk, clock and nodes',
    access: 'account',
    answer: {
      json: {
        schema: System,
        example: {
          version: '0.1.0',
          uptime_ms: 86400000,
          store: { kind: 'sqlite', schema: 1, size_bytes: 4300800, standby: null },
          disk: { free_bytes: 21474836480, total_bytes: 42949672960 },
          clock: { off: false, ahead_ms: 0, receivers: 4 },
          nodes: [{ node: 3, started_at: 1746396720000, seen_at: 1746483118000 }],
        },
      },
    },
    errors: [],
  }),
  eventTypes: operation({
    id: 'listEventTypes',
    tag: 'Events',
    method: 'GET',
    path: '/api/v1/event-types',
    summary: 'List the event types, with what they are called',
    access: 'account',
    query: { locale: LOCALE_PARAMETER },
    answer: {
      json: {
        schema: EventTypes,
        example: [
          {
            event_type: 'log.door_was_opened',
            category: 'access',
            text: eventText('log.door_was_opened', 'en'),
          },
        ],
      },
    },
    errors: [],
  }),
};

export function systemRoutes(app: FastifyInstance, { store, clock, receiverClocks }: RouteParts): void {
  const begun = clock.monotonic();

  serve(app, SYSTEM_OPERATIONS.system, async () => {
    const { store: kind, schema, sizeBytes, standby, disk, nodes } = await store.listings.system();
    const { off, aheadMs, receivers } = receiverClocks();
    return {
      version: latchhookVersion(),
      uptime_ms: Math.round(clock.monotonic() - begun),
      store: { kind, schema, size_bytes: sizeBytes, standby },
      disk: disk && { free_bytes: disk.freeBytes, total_bytes: disk.totalBytes },
      clock: { off, ahead_ms: aheadMs, receivers },
      nodes: nodes.map(({ session, openedAt, heartbeatAt }) => ({
        node: session,
        started_at: openedAt,
        seen_at: heartbeatAt,
      })),
    };
  });

  serve(app, SYSTEM_OPERATIONS.eventTypes, (request) => {
    const locale = localeOf(request.query);
    return EVENT_TYPES.map((name) => ({
      event_type: name,
      category: eventCategory(name),
      text: eventText(name, locale),
    }));
  });
}
