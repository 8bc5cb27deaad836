import { type Static, Type } from 'typebox';
import { Delivery } from './delivery.js';
import { listOf } from './list.js';
import { Milliseconds, Uid } from './uid.js';
import { EventType } from './webhook.js';

/** `POST /api/v1/events` */
export const AcceptedAnswer = Type.Object({
  items: Type.Array(Type.Object({ event_id: Uid, duplicate: Type.Boolean() })),
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
