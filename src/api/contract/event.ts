import { type Static, type TSchema, Type } from 'typebox';
import {
  IDEMPOTENCY_KEY_LENGTH,
  MAX_CREATED_AT,
  MAX_EVENTS,
  SOURCE_LENGTH,
} from '../../domain/event-input.js';
import { Delivery } from './delivery.js';
import { listOf } from './list.js';
import { Milliseconds, Uid } from './uid.js';
import { EventType } from './webhook.js';

const orNull = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** An optional member that is `null` counts as left out. */
export const EventBody = Type.Object({
  event_type: EventType,
  source: orNull(
    Type.String({
      minLength: 1,
      maxLength: SOURCE_LENGTH.max,
      description: 'Which panel it comes from; default: the name of the key or user.',
    }),
  ),
  data: orNull(
    Type.Union([
      Type.Object({}, { description: 'Up to 64 KiB as compact JSON; default `{}`. Kept digit for digit.' }),
      Type.Array(Type.Object({}), { maxItems: 0, description: '`{}`, as PHP writes it.' }),
    ]),
  ),
  created_at: orNull(
    Type.Integer({
      minimum: 0,
      maximum: MAX_CREATED_AT,
      description: 'When it happened, ms since 1970, or s where it is below 10^11; default: now.',
    }),
  ),
  idempotency_key: orNull(
    Type.String({
      minLength: IDEMPOTENCY_KEY_LENGTH.min,
      maxLength: IDEMPOTENCY_KEY_LENGTH.max,
      description: 'Within 24 h the same key gives the same event; remembered per credential.',
    }),
  ),
});

export const EVENT_BODY_EXAMPLE = {
  event_type: 'log.access_granted_by_valid_identifier',
  source: 'main-entrance',
  data: { lock: 1, owner: 'Ana Petrova', number: '3090069' },
  created_at: 1746481123000,
  idempotency_key: 'main-entrance-8812',
} satisfies Static<typeof EventBody>;

/** `POST /api/v1/events` */
export const EventsBody = Type.Union([
  EventBody,
  Type.Array(EventBody, { minItems: 1, maxItems: MAX_EVENTS }),
]);

/** In the order sent. */
export const AcceptedAnswer = Type.Object({
  items: Type.Array(
    Type.Union([
      Type.Object({ event_id: Uid, duplicate: Type.Boolean() }),
      Type.Object(
        { error: Type.String(), code: Type.String() },
        { description: 'Refused; only with `partial=true`.' },
      ),
    ]),
  ),
});
export type AcceptedAnswer = Static<typeof AcceptedAnswer>;

/** `GET /api/v1/events/{event_id}`; `data` is written digit for digit as it came in. */
export const Event = Type.Object({
  event_id: Uid,
  event_type: EventType,
  data: Type.Object({}),
  created_at: Milliseconds,
  accepted_at: Milliseconds,
  deliveries: Type.Array(Delivery),
});
export type Event = Static<typeof Event>;

/** `data` is written digit for digit as it came in. */
export const EventItem = Type.Object({
  event_id: Uid,
  event_type: EventType,
  event_text: Type.String(),
  source: Type.String(),
  data: Type.Object({}),
  created_at: Milliseconds,
  accepted_at: Milliseconds,
  /** 0: no webhook wanted it. */
  delivery_count: Type.Integer({ minimum: 0 }),
});
export type EventItem = Static<typeof EventItem>;

export const EventList = listOf(EventItem);
export type EventList = Static<typeof EventList>;
