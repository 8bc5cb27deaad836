import { type Static, Type } from 'typebox';
import { END_REASONS, STATES } from '../../domain/delivery.js';
import { listOf, listWithOptionOf } from './list.js';
import { Milliseconds, Uid } from './uid.js';

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const DeliveryStatus = Type.Enum([...STATES, 'held']);

export const AttemptEntry = Type.Object({
  attempt: Type.Integer({ minimum: 1 }),
  started_at: Milliseconds,
  duration_ms: Type.Integer({ minimum: 0 }),
  response_status: orNull(Type.Integer()),
  /** For people; null after a success. */
  error: orNull(Type.String()),
  /** For people: what was wrong with the rest of an answer that counts as a success. */
  note: orNull(Type.String()),
  /**
   * One `name: value` a line, as sent, but for `Host` and `Connection`; the webhook's own values are `***`. Null in
   * records from before it was kept.
   */
  request_headers: orNull(Type.String()),
  /** One `name: value` a line, as received, up to 4 KiB. */
  response_headers: orNull(Type.String()),
  /** Up to 4 KiB, 1 KiB of a 2xx. */
  response_body: orNull(Type.String()),
  /** Its request went out twice: the receiver closed the kept connection of the first before anything of an answer. */
  resent: Type.Boolean(),
});
export type AttemptEntry = Static<typeof AttemptEntry>;

export const DeliveryItem = Type.Object({
  item_uid: Uid,
  webhook_uid: Uid,
  url: Type.String(),
  event_id: Uid,
  event_type: Type.String(),
  event_text: Type.String(),
  status: DeliveryStatus,
  /** Why it ended; null: it is open. */
  reason: orNull(Type.Enum([...END_REASONS])),
  attempts: Type.Integer({ minimum: 0 }),
  max_attempts: Type.Integer({ minimum: 1 }),
  response_status: orNull(Type.Integer()),
  /** When it was accepted. */
  created_at: Milliseconds,
  last_attempt_at: orNull(Milliseconds),
  next_attempt_at: orNull(Milliseconds),
  test: Type.Boolean(),
});
export type DeliveryItem = Static<typeof DeliveryItem>;

/** A delivery with what became of each attempt. */
export const Delivery = Type.Object({
  ...DeliveryItem.properties,
  attempt_log: Type.Array(AttemptEntry),
});
export type Delivery = Static<typeof Delivery>;

export const DELIVERY_ITEM_EXAMPLE = {
  item_uid: 5,
  webhook_uid: 1,
  url: 'https://building.example/hook',
  event_id: 45,
  event_type: 'log.access_granted_by_valid_identifier',
  event_text: 'Access granted by a valid identifier',
  status: 'retrying',
  reason: null,
  attempts: 1,
  max_attempts: 6,
  response_status: 503,
  created_at: 1746481123160,
  last_attempt_at: 1746481123164,
  next_attempt_at: 1746481128421,
  test: false,
} satisfies DeliveryItem;

export const DELIVERY_EXAMPLE = {
  ...DELIVERY_ITEM_EXAMPLE,
  attempt_log: [
    {
      attempt: 1,
      started_at: 1746481123164,
      duration_ms: 23,
      response_status: 503,
      error: 'HTTP 503',
      note: null,
      request_headers: 'content-type: application/json\nx-webhook-attempt: 1\nX-Building: ***',
      response_headers: 'retry-after: 5',
      response_body: 'one moment',
      resent: false,
    },
  ],
} satisfies Delivery;

export const DeliveryList = listWithOptionOf(DeliveryItem);
export type DeliveryList = Static<typeof DeliveryList>;

export const RetryQueue = listOf(DeliveryItem);
export type RetryQueue = Static<typeof RetryQueue>;
