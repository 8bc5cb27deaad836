import { type Static, Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { listOf } from './list.js';
import { Uid } from './uid.js';

export const EventType = Type.String({ enum: [...EVENT_TYPES] });

/** What `GET /webhooks/{webhook-uid}` answers: every member, `null` where it is not set. */
export const WebhookEntity = Type.Object({
  item_uid: Uid,
  url: Type.String(),
  /** `***` for those who may not see it. */
  secret: Type.Union([Type.String(), Type.Null()]),
  status: Type.Union([Type.Literal('active'), Type.Literal('disabled')]),
  /** ms; the default where none is set. */
  timeout: Type.Integer(),
  /** JSON text; values are `***` for those who may not see them. */
  headers: Type.Union([Type.String(), Type.Null()]),
  description: Type.Union([Type.String(), Type.Null()]),
  event_types: Type.Array(EventType),
  max_retries: Type.Integer(),
  /** Why the server disabled it. */
  disabled_reason: Type.Union([Type.Literal('receiver-gone'), Type.Null()]),
});
export type WebhookEntity = Static<typeof WebhookEntity>;

export const WebhookItem = Type.Omit(WebhookEntity, ['secret']);
export type WebhookItem = Static<typeof WebhookItem>;

export const WebhookList = listOf(WebhookItem);
export type WebhookList = Static<typeof WebhookList>;
