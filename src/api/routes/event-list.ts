import type { FastifyInstance } from 'fastify';
import { eventText } from '../../domain/texts/event-text.js';
import type { Locale } from '../../domain/texts/locale.js';
import type { EventListRow } from '../../store/store.js';
import { EVENT_BODY_EXAMPLE, type EventItem, EventList } from '../contract/event.js';
import { operation, serve } from '../contract/operation.js';
import { isPlaceUid, readCursor, writeCursor } from '../listing/cursor.js';
import { DELIVERY_REPEATABLE, deliveryFilter } from '../listing/delivery-filter.js';
import { listOptions } from '../listing/envelope.js';
import { closedField, EVENT_TYPE_FIELD, SOURCE_FIELD } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery, wanted } from '../listing/list-query.js';
import { extentOf, sliceOf } from '../listing/store-slice.js';
import type { RouteParts } from './route-parts.js';

const STATE_FIELD = closedField('state', ['unmatched']);

const SPEC: ListSpec = {
  filters: [EVENT_TYPE_FIELD, SOURCE_FIELD, STATE_FIELD],
  repeatable: [...DELIVERY_REPEATABLE, STATE_FIELD],
  sortFields: ['event_id'],
  time: true,
  cursor: true,
};

const { idempotency_key: _, ...EVENT } = EVENT_BODY_EXAMPLE;
const ITEM_EXAMPLE: EventItem = {
  event_id: 45,
  ...EVENT,
  event_text: 'Access granted by a valid identifier',
  accepted_at: 1746481123160,
  delivery_count: 1,
};

export const EVENT_LIST_OPERATIONS = {
  list: operation({
    id: 'listEvents',
    tag: 'Events',
    method: 'GET',
    path: '/api/v1/events',
    summary: 'List events, by when they were accepted',
    access: 'account',
    query: listParameters(SPEC),
    answer: {
      json: {
        schema: EventList,
        example: { list_items: [ITEM_EXAMPLE], list_options: listOptionsExample(SPEC) },
      },
    },
    errors: listErrors(SPEC),
  }),
};

export function eventListRoutes(app: FastifyInstance, { store }: RouteParts): void {
  serve(app, EVENT_LIST_OPERATIONS.list, async (request, reply) => {
    const query = readListQuery(request.query, SPEC);
    const listed = await store.listings.events({
      filter: { ...deliveryFilter(query), unmatched: wanted(query, 'state') !== null },
      asc: query.sort.asc,
      slice: sliceOf(query, readPosition),
    });
    const cursor = () => {
      const last = listed.rows.at(-1);
      return last ? writeCursor([last.eventId]) : null;
    };
    const options = listOptions(query, SPEC, extentOf(listed, cursor));
    const items = listed.rows.map((row) => itemJson(row, query.locale)).join(',');
    reply.type('application/json');
    return `{"list_items":[${items}],"list_options":${JSON.stringify(options)}}`;
  });
}

/** `data` goes in as its text, so that a number of 20 digits is not passed through a double. */
function itemJson(row: EventListRow, locale: Locale): string {
  const members: [keyof EventItem, string][] = [
    ['event_id', String(row.eventId)],
    ['event_type', JSON.stringify(row.eventType)],
    ['event_text', JSON.stringify(eventText(row.eventType, locale))],
    ['source', JSON.stringify(row.source)],
    ['data', row.data],
    ['created_at', String(row.createdAt)],
    ['accepted_at', String(row.acceptedAt)],
    ['delivery_count', String(row.fanout)],
  ];
  return `{${members.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
}

function readPosition(after: string): number | null {
  return readCursor(after, isPlace)?.[0] ?? null;
}

function isPlace(place: unknown[]): place is [number] {
  return place.length === 1 && isPlaceUid(place[0]);
}
