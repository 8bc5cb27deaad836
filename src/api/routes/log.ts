import type { FastifyInstance } from 'fastify';
import { clearsLog } from '../../domain/data-clear.js';
import {
  CATEGORIES,
  eventTypesOf,
  LOG_KEYS,
  type LogFilterField,
  PRIORITIES,
} from '../../domain/log-filter.js';
import { eventText } from '../../domain/texts/event-text.js';
import { logItem, logItemJson } from '../../domain/texts/log-item.js';
import { callerOf } from '../caller.js';
import { Done } from '../contract/done.js';
import { DataClear, LogList } from '../contract/log.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { listOptions } from '../listing/envelope.js';
import { closedField } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, type Page, readListQuery } from '../listing/list-query.js';
import { jsonBody } from '../request-body.js';
import type { RouteParts } from './route-parts.js';

const LIST: ListSpec = {
  filters: [
    closedField('category', CATEGORIES),
    closedField('priority', PRIORITIES),
    closedField('name', LOG_KEYS, (key, locale) => eventText(`log.${key}`, locale)),
  ],
  repeatable: [],
  sortFields: null,
  time: true,
  cursor: false,
};
const SORT_FIELD = 'timestamp';

export const LOG_OPERATIONS = {
  items: operation({
    id: 'listLog',
    tag: 'Device',
    method: 'GET',
    path: '/api/v1/log/items',
    summary: 'List events as a panel lists its log, by when they happened',
    access: 'account',
    query: listParameters(LIST),
    answer: {
      json: {
        schema: LogList,
        example: {
          list_option: listOptionsExample(LIST, SORT_FIELD),
          list_items: [
            {
              timestamp: 1746481123000,
              category: 'access',
              priority: 'medium',
              info: { text: 'Access granted by a valid identifier', model: { lock: 1, number: '3090069' } },
              name: {
                text: 'Access granted by a valid identifier',
                key: 'access_granted_by_valid_identifier',
              },
            },
          ],
        },
      },
    },
    errors: listErrors(LIST),
  }),
  clear: operation({
    id: 'clearLog',
    tag: 'Device',
    method: 'POST',
    path: '/api/v1/system/data/clear',
    summary: "Begin this account's log behind what it was shown",
    description: 'Deletes nothing.',
    access: 'account',
    body: { schema: DataClear, example: { clear_fields: ['logs'] } },
    answer: { json: { schema: Done, example: {} } },
    errors: SHAPE_ERRORS,
  }),
};

export function logRoutes(app: FastifyInstance, { store }: RouteParts): void {
  serve(app, LOG_OPERATIONS.items, async (request, reply) => {
    const query = readListQuery(request.query, LIST);
    const { flat, from, to, sort, page, locale } = query;
    const { total, rows } = await store.log.items({
      account: callerOf(request).credential,
      eventTypes: flat && eventTypesOf(flat.field as LogFilterField, flat.value),
      from,
      to,
      asc: sort.asc,
      offset: offsetOf(page),
      limit: page.limit,
    });
    reply.type('application/json');
    const items = rows.map((event) => logItemJson(logItem(event, locale)));
    return listJson(listOptions(query, LIST, { total }, SORT_FIELD), items);
  });

  serve(app, LOG_OPERATIONS.clear, async (request) => {
    if (clearsLog(jsonBody(request))) await store.log.clear(callerOf(request).credential);
    return {};
  });
}

function offsetOf(page: Page): number {
  if (page.kind !== 'page') throw new Error('the log takes no cursor');
  return page.offset;
}

/** Items are texts: through a double, numbers in an event's data would lose digits. */
function listJson(options: LogList['list_option'], items: readonly string[]): string {
  return `{"list_option":${JSON.stringify(options)},"list_items":[${items.join(',')}]}`;
}
