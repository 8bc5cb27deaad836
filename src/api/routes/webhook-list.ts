import type { FastifyInstance } from 'fastify';
import type { Webhook } from '../../domain/webhook.js';
import type { WebhookPosition, WebhookSort } from '../../store/store.js';
import { callerOf } from '../caller.js';
import { operation, serve } from '../contract/operation.js';
import { WEBHOOK_EXAMPLE, WebhookList } from '../contract/webhook.js';
import { isPlaceUid, readCursor, writeCursor } from '../listing/cursor.js';
import { listOptions } from '../listing/envelope.js';
import {
  EVENT_TYPE_FIELD,
  openField,
  WEBHOOK_STATUS_FIELD,
  WEBHOOK_UID_FIELD,
} from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery, wanted } from '../listing/list-query.js';
import { extentOf, sliceOf } from '../listing/store-slice.js';
import { webhookItem } from '../webhook-entity.js';
import type { RouteParts } from './route-parts.js';

/** Scalar members but for `headers`, whose values are as secret as the secret. */
const SORTS: Record<string, WebhookSort> = {
  item_uid: 'uid',
  url: 'url',
  status: 'status',
  timeout: 'timeout',
  description: 'description',
  max_retries: 'maxRetries',
  disabled_reason: 'disabledReason',
  ordered: 'ordered',
  rate_limit: 'rateLimit',
  max_age: 'maxAge',
  health: 'health',
  failing_since: 'failingSince',
  next_probe_at: 'nextProbeAt',
};

const SPEC: ListSpec = {
  filters: [WEBHOOK_STATUS_FIELD, EVENT_TYPE_FIELD],
  repeatable: [WEBHOOK_UID_FIELD, WEBHOOK_STATUS_FIELD, EVENT_TYPE_FIELD, openField('q', () => true)],
  sortFields: [
    'item_uid',
    'url',
    'status',
    'timeout',
    'description',
    'max_retries',
    'disabled_reason',
    'ordered',
    'rate_limit',
    'max_age',
    'health',
    'failing_since',
    'next_probe_at',
  ],
  time: false,
  cursor: true,
};

const { secret: _, ...ITEM_EXAMPLE } = WEBHOOK_EXAMPLE;

export const WEBHOOK_LIST_OPERATIONS = {
  list: operation({
    id: 'listWebhooks',
    tag: 'Webhooks',
    method: 'GET',
    path: '/api/v1/webhooks',
    summary: 'List webhooks',
    access: 'account',
    query: listParameters(SPEC),
    answer: {
      json: {
        schema: WebhookList,
        example: { list_items: [ITEM_EXAMPLE], list_options: listOptionsExample(SPEC) },
      },
    },
    errors: listErrors(SPEC),
  }),
};

export function webhookListRoutes(app: FastifyInstance, { store }: RouteParts): void {
  serve(app, WEBHOOK_LIST_OPERATIONS.list, async (request) => {
    const query = readListQuery(request.query, SPEC);
    const listed = await store.listings.webhooks({
      filter: {
        uids: wanted(query, 'webhook_uid')?.map(Number) ?? null,
        eventTypes: wanted(query, 'event_type'),
        statuses: wanted(query, 'status') as Webhook['status'][] | null,
        q: wanted(query, 'q') ?? [],
      },
      sort: SORTS[query.sort.field ?? ''] ?? 'uid',
      asc: query.sort.asc,
      slice: sliceOf(query, readPosition),
    });
    const { next } = listed;
    const caller = callerOf(request);
    return {
      list_items: listed.rows.map((webhook) => webhookItem(webhook, caller)),
      list_options: listOptions(
        query,
        SPEC,
        extentOf(listed, () => next && writeCursor([next.key, next.uid])),
      ),
    };
  });
}

function readPosition(after: string): WebhookPosition | null {
  const place = readCursor(after, isPlace);
  return place && { key: place[0], uid: place[1] };
}

function isPlace(place: unknown[]): place is [string | number | null, number] {
  const [key, uid] = place;
  return place.length === 2 && isPlaceUid(uid) && (key === null || ['string', 'number'].includes(typeof key));
}
