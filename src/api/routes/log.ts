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
import type { LogList } from '../contract/log.js';
import { listOptions } from '../listing/envelope.js';
import { closedField } from '../listing/filter-field.js';
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

export function logRoutes(app: FastifyInstance, { store }: RouteParts): void {
  app.get('/api/v1/log/items', { config: { access: 'account' } }, async (request, reply) => {
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

  app.post('/api/v1/system/data/clear', { config: { access: 'account' } }, async (request) => {
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
