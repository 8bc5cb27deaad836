import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../domain/errors.js';
import { IDEMPOTENCY_KEY_LENGTH, readReport } from '../../domain/event-input.js';
import type { AcceptedEvent, AcceptedItem, EventRow } from '../../store/store.js';
import { EVENTS_BODY_LIMIT } from '../body.js';
import { callerOf } from '../caller.js';
import { DELIVERY_EXAMPLE } from '../contract/delivery.js';
import { AcceptedAnswer, EVENT_BODY_EXAMPLE, Event, EventsBody } from '../contract/event.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { deliveryOf } from '../delivery-item.js';
import { inTurns } from '../in-turns.js';
import { bodyBytes } from '../request-body.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

export const EVENT_OPERATIONS = {
  accept: operation({
    id: 'acceptEvents',
    tag: 'Events',
    method: 'POST',
    path: '/api/v1/events',
    summary: 'Report one event, or an array of 1 to 1000',
    description:
      'The answer comes when the events and what they owe are on disk. All of an array are taken, or none; a refusal names the item, counted from 0. With `partial=true` those that can be taken are, and the others have an `error` in their place. The body may be compressed.',
    access: 'events',
    query: {
      partial: {
        schema: Type.Enum(['true', 'false']),
        description: 'Whether an array is answered 202 though some of its events are refused.',
      },
    },
    headers: {
      'Idempotency-Key': {
        schema: Type.String({
          minLength: IDEMPOTENCY_KEY_LENGTH.min,
          maxLength: IDEMPOTENCY_KEY_LENGTH.max,
        }),
        description: 'In place of the member, for a single event.',
      },
    },
    body: { schema: EventsBody, example: EVENT_BODY_EXAMPLE, limit: EVENTS_BODY_LIMIT },
    answer: {
      status: 202,
      json: { schema: AcceptedAnswer, example: { items: [{ event_id: 45, duplicate: false }] } },
    },
    errors: [
      ...SHAPE_ERRORS,
      'invalid-partial',
      'invalid-event-types',
      'too-many-events',
      'event-data-too-large',
      'invalid-source',
      'invalid-created-at',
      'invalid-idempotency-key',
      'idempotency-key-of-array',
      'idempotency-conflict',
      'too-many-deliveries',
      'no-room',
    ],
    itemErrors: true,
  }),
  get: operation({
    id: 'getEvent',
    tag: 'Events',
    method: 'GET',
    path: '/api/v1/events/{event_id}',
    summary: 'Show an event, its deliveries and every attempt',
    access: 'account',
    answer: {
      json: {
        schema: Event,
        example: {
          event_id: 45,
          event_type: EVENT_BODY_EXAMPLE.event_type,
          data: EVENT_BODY_EXAMPLE.data,
          created_at: EVENT_BODY_EXAMPLE.created_at,
          accepted_at: 1746481123160,
          deliveries: [DELIVERY_EXAMPLE],
        },
      },
    },
    errors: ['wrong-event-id'],
  }),
};

export function eventRoutes(app: FastifyInstance, { store, engine }: RouteParts): void {
  serve(app, EVENT_OPERATIONS.accept, async (request) => {
    const { actor, credential } = callerOf(request);
    const key = request.headers['idempotency-key'];
    const partial = readPartial(request);
    const report = readReport(bodyBytes(request), {
      idempotencyKeyHeader: typeof key === 'string' ? key : null,
      defaultSource: actor.name,
      partial,
    });
    const { isArray, items } = await inTurns(report);
    const events = items.filter((item): item is AcceptedEvent => !(item instanceof Refusal));
    const answers: AcceptedAnswer['items'] = [];
    if (events.length > 0) {
      const result = await engine.accept({ credential, events, partial: partial && isArray });
      if (result.kind === 'idempotency-conflict') {
        const suffix = isArray ? ` (item ${result.item})` : '';
        throw new Refusal('idempotency-conflict', '', { suffix });
      }
      if (result.kind === 'too-many-deliveries') throw new Refusal('too-many-deliveries');
      answers.push(...result.items.map(acceptedItem));
    }
    for (const [place, item] of items.entries()) {
      if (item instanceof Refusal) answers.splice(place, 0, refusedItem(item));
    }
    return { items: answers };
  });

  serve(app, EVENT_OPERATIONS.get, async (request, reply) => {
    const event = await store.listings.event(readUid(request.params.event_id, 'wrong-event-id'));
    if (!event) throw new Refusal('wrong-event-id');
    const versionIds = event.deliveries.flatMap(({ attemptLog }) => attemptLog.map((a) => a.versionId));
    const versions = await store.webhooks.versions([...new Set(versionIds)]);
    const sent = {
      versions: new Map(versions.map((version) => [version.versionId, version])),
      idOrigin: store.idOrigin,
    };
    reply.type('application/json');
    return eventJson(
      event,
      event.deliveries.map((row) => deliveryOf(event, row, sent)),
    );
  });
}

const refusedItem = ({ message, code }: Refusal) => ({ error: message, code });

function acceptedItem({ eventId, duplicate, conflict }: AcceptedItem): AcceptedAnswer['items'][number] {
  if (conflict) return refusedItem(new Refusal('idempotency-conflict'));
  return { event_id: eventId, duplicate };
}

/** @throws Refusal `invalid-partial` */
function readPartial(request: FastifyRequest): boolean {
  const { partial } = request.query as Record<string, unknown>;
  if (partial === undefined || partial === 'false') return false;
  if (partial !== 'true') throw new Refusal('invalid-partial');
  return true;
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
