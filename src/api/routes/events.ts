import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { readEvents } from '../../domain/event-input.js';
import type { EventRow } from '../../store/store.js';
import { EVENTS_BODY_LIMIT } from '../body.js';
import { callerOf } from '../caller.js';
import type { AcceptedAnswer, Event } from '../contract/event.js';
import { deliveryOf } from '../delivery-item.js';
import { bodyBytes } from '../request-body.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

const OPEN_BRACKET = 0x5b;

export function eventRoutes(app: FastifyInstance, { store, engine, config }: RouteParts): void {
  app.post('/api/v1/events', { bodyLimit: EVENTS_BODY_LIMIT }, async (request, reply) => {
    const { user, credential } = callerOf(request);
    const bytes = bodyBytes(request);
    const key = request.headers['idempotency-key'];
    const events = readEvents(bytes, {
      idempotencyKeyHeader: typeof key === 'string' ? key : null,
      defaultSource: user.username,
    });
    const result = await engine.accept({ credential, events });
    if (result.kind === 'idempotency-conflict') {
      const suffix = isArray(bytes) ? ` (item ${result.item})` : '';
      throw new Refusal('idempotency-conflict', '', { suffix });
    }
    if (result.kind === 'too-many-deliveries') throw new Refusal('too-many-deliveries');
    const answer: AcceptedAnswer = {
      items: result.items.map(({ eventId, duplicate }) => ({ event_id: eventId, duplicate })),
    };
    reply.code(202);
    return answer;
  });

  app.get<{ Params: { eventId: string } }>(
    '/api/v1/events/:eventId',
    { config: { access: 'account' } },
    async (request, reply) => {
      const event = await store.listings.event(readUid(request.params.eventId, 'wrong-event-id'));
      if (!event) throw new Refusal('wrong-event-id');
      const versionIds = event.deliveries.flatMap(({ attemptLog }) => attemptLog.map((a) => a.versionId));
      const versions = await store.webhooks.versions([...new Set(versionIds)]);
      const sent = {
        versions: new Map(versions.map((version) => [version.versionId, version])),
        userAgent: config.userAgent,
      };
      reply.type('application/json');
      return eventJson(
        event,
        event.deliveries.map((row) => deliveryOf(event, row, sent)),
      );
    },
  );
}

/** Of a body that was read as JSON: whether it is an array. */
function isArray(bytes: Uint8Array): boolean {
  return bytes.find((byte) => byte > 0x20 && byte < 0x80) === OPEN_BRACKET;
}

/** `data` goes in as its text, so that a number of 20 digits is not passed through a double. */
function eventJson(event: EventRow, deliveries: Event['deliveries']): string {
  const members: [keyof Event, string][] = [
    ['event_id', String(event.eventId)],
    ['event_type', JSON.stringify(event.eventType)],
    ['data', event.data],
    ['created_at', String(event.createdAt)],
    ['accepted_at', String(event.acceptedAt)],
    ['deliveries', JSON.stringify(deliveries)],
  ];
  return `{${members.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
}
