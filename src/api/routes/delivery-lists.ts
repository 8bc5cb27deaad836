import type { FastifyInstance } from 'fastify';
import type { DeliveryPosition, DeliveryRow } from '../../store/store.js';
import { DELIVERY_ITEM_EXAMPLE, DeliveryList, RetryQueue } from '../contract/delivery.js';
import { operation, serve } from '../contract/operation.js';
import { deliveryItem } from '../delivery-item.js';
import { isPlaceUid, readCursor, writeCursor } from '../listing/cursor.js';
import { DELIVERY_REPEATABLE, deliveryFilter } from '../listing/delivery-filter.js';
import { listOptions } from '../listing/envelope.js';
import { DELIVERY_STATUS_FIELD, EVENT_TYPE_FIELD, WEBHOOK_UID_FIELD } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery } from '../listing/list-query.js';
import { extentOf, sliceOf } from '../listing/store-slice.js';
import type { RouteParts } from './route-parts.js';

const DELIVERIES: ListSpec = {
  filters: [EVENT_TYPE_FIELD, DELIVERY_STATUS_FIELD, WEBHOOK_UID_FIELD],
  repeatable: DELIVERY_REPEATABLE,
  sortFields: ['item_uid'],
  time: true,
  cursor: true,
};
const RETRIES: ListSpec = { ...DELIVERIES, sortFields: ['item_uid', 'next_attempt_at'] };

export const DELIVERY_LIST_OPERATIONS = {
  list: operation({
    id: 'listDeliveries',
    tag: 'Deliveries',
    method: 'GET',
    path: '/api/v1/webhooks/events',
    summary: 'List deliveries, by when their events were accepted',
    access: 'account',
    query: listParameters(DELIVERIES),
    answer: {
      json: {
        schema: DeliveryList,
        example: { list_items: [DELIVERY_ITEM_EXAMPLE], list_option: listOptionsExample(DELIVERIES) },
      },
    },
    errors: listErrors(DELIVERIES),
  }),
  retries: operation({
    id: 'listRetries',
    tag: 'Deliveries',
    method: 'GET',
    path: '/api/v1/webhooks/events/retry/queue',
    summary: 'List deliveries that are being retried',
    access: 'account',
    query: listParameters(RETRIES),
    answer: {
      json: {
        schema: RetryQueue,
        example: { list_items: [DELIVERY_ITEM_EXAMPLE], list_options: listOptionsExample(RETRIES) },
      },
    },
    errors: listErrors(RETRIES),
  }),
};

export function deliveryListRoutes(app: FastifyInstance, { store }: RouteParts): void {
  serve(app, DELIVERY_LIST_OPERATIONS.list, async (request) => {
    const query = readListQuery(request.query, DELIVERIES);
    const listed = await store.listings.deliveries({
      filter: deliveryFilter(query),
      asc: query.sort.asc,
      slice: sliceOf(query, readPosition(false)),
    });
    return {
      list_items: listed.rows.map((row) => deliveryItem(row, query.locale)),
      list_option: listOptions(query, DELIVERIES, extentOf(listed, cursorBehind(listed.rows, false))),
    };
  });

  serve(app, DELIVERY_LIST_OPERATIONS.retries, async (request) => {
    const query = readListQuery(request.query, RETRIES);
    const byDue = query.sort.field === 'next_attempt_at';
    const filter = deliveryFilter(query);
    const retrying = filter.statuses?.filter((status) => status === 'retrying') ?? ['retrying' as const];
    const wanted = {
      filter: { ...filter, statuses: retrying },
      asc: query.sort.asc,
      slice: sliceOf(query, readPosition(byDue)),
    };
    const listed = await (byDue ? store.listings.retriesByDue(wanted) : store.listings.deliveries(wanted));
    return {
      list_items: listed.rows.map((row) => deliveryItem(row, query.locale)),
      list_options: listOptions(query, RETRIES, extentOf(listed, cursorBehind(listed.rows, byDue))),
    };
  });
}

function cursorBehind(rows: readonly DeliveryRow[], byDue: boolean): () => string | null {
  return () => {
    const last = rows.at(-1);
    return last ? writeCursor(byDue ? [last.nextAttemptAt, last.uid] : [last.uid]) : null;
  };
}

function readPosition(byDue: boolean): (after: string) => DeliveryPosition | null {
  return (after) => {
    if (!byDue) {
      const place = readCursor(after, isUidPlace);
      return place && { uid: place[0], dueAt: null };
    }
    const place = readCursor(after, isDuePlace);
    return place && { uid: place[1], dueAt: place[0] };
  };
}

function isUidPlace(place: unknown[]): place is [number] {
  return place.length === 1 && isPlaceUid(place[0]);
}

function isDuePlace(place: unknown[]): place is [number, number] {
  return place.length === 2 && Number.isSafeInteger(place[0]) && isPlaceUid(place[1]);
}
