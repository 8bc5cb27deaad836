import type { DeliveryFilter, DeliveryStatus } from '../../store/store.js';
import {
  DELIVERY_STATUS_FIELD,
  EVENT_ID_FIELD,
  EVENT_TYPE_FIELD,
  SOURCE_FIELD,
  WEBHOOK_UID_FIELD,
} from './filter-field.js';
import { type ListQuery, wanted } from './list-query.js';

/** The console's parameters of lists of deliveries and events. */
export const DELIVERY_REPEATABLE = [
  WEBHOOK_UID_FIELD,
  EVENT_TYPE_FIELD,
  DELIVERY_STATUS_FIELD,
  SOURCE_FIELD,
  EVENT_ID_FIELD,
];

export function deliveryFilter(query: ListQuery): DeliveryFilter {
  return {
    webhookUids: uids(wanted(query, 'webhook_uid')),
    eventTypes: wanted(query, 'event_type'),
    statuses: wanted(query, 'status') as DeliveryStatus[] | null,
    sources: wanted(query, 'source'),
    eventIds: uids(wanted(query, 'event_id')),
    from: query.from,
    to: query.to,
  };
}

function uids(values: readonly string[] | null): number[] | null {
  return values?.map(Number) ?? null;
}
