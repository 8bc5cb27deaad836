import { STATES } from '../../domain/delivery.js';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { eventText } from '../../domain/texts/event-text.js';
import type { Locale } from '../../domain/texts/locale.js';

/** A member by which a list can be filtered. */
export interface FilterField {
  name: string;
  /** All that it can be; null: any text that `accepts` takes. */
  values: readonly string[] | null;
  accepts(value: string): boolean;
  /** What people call a value. */
  text(value: string, locale: Locale): string;
}

/** A field that has one of `values`. */
export function closedField(
  name: string,
  values: readonly string[],
  text: FilterField['text'] = (value) => value,
): FilterField {
  return { name, values, accepts: (value) => values.includes(value), text };
}

/** A field that has any text that `accepts` takes. */
export function openField(name: string, accepts: FilterField['accepts']): FilterField {
  return { name, values: null, accepts, text: (value) => value };
}

function isUid(value: string): boolean {
  return /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value));
}

export const DELIVERY_STATUSES = [...STATES, 'held'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const EVENT_TYPE_FIELD = closedField('event_type', EVENT_TYPES, eventText);
export const DELIVERY_STATUS_FIELD = closedField('status', DELIVERY_STATUSES);
export const WEBHOOK_STATUS_FIELD = closedField('status', ['active', 'disabled']);
/** Uids of deleted webhooks too: their deliveries are kept. */
export const WEBHOOK_UID_FIELD = openField('webhook_uid', isUid);
export const EVENT_ID_FIELD = openField('event_id', isUid);
export const SOURCE_FIELD = openField('source', () => true);
