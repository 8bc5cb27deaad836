import { type Static, type TSchema, Type } from 'typebox';
import { END_STATES } from '../../domain/delivery.js';
import { SOURCE_LENGTH } from '../../domain/event-input.js';
import { LAST_INSTANT, MAX_SOURCES, RESEND_MODES } from '../../domain/resend-input.js';
import { listOf } from './list.js';
import { Milliseconds, Uid } from './uid.js';
import { EventType } from './webhook.js';

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** An optional member that is `null` counts as left out. */
const optional = <T extends TSchema>(schema: T) => Type.Optional(orNull(schema));

const Mode = Type.Enum([...RESEND_MODES]);
const EndStatus = Type.Enum([...END_STATES]);
const time = (description: string) => Type.Integer({ minimum: 0, maximum: LAST_INSTANT, description });

/** `POST /api/v1/resends` */
export const ResendBody = Type.Object({
  webhook_uid: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  mode: optional(Mode),
  statuses: optional(
    Type.Array(EndStatus, {
      minItems: 1,
      description: 'How the deliveries ended, in mode `deliveries`; default `failed` and `expired`.',
    }),
  ),
  event_types: optional(
    Type.Array(EventType, {
      minItems: 1,
      description: 'Default: any; in mode `events`, those that the webhook subscribes to.',
    }),
  ),
  sources: optional(
    Type.Array(Type.String({ minLength: SOURCE_LENGTH.min, maxLength: SOURCE_LENGTH.max }), {
      minItems: 1,
      maxItems: MAX_SOURCES,
    }),
  ),
  from: optional(time('ms since 1970, inclusive: when it was accepted.')),
  to: optional(time('ms since 1970, inclusive: when it was accepted.')),
  dry_run: optional(Type.Boolean({ description: 'Only counts.' })),
});
export type ResendBody = Static<typeof ResendBody>;

export const RESEND_BODY_EXAMPLE = {
  webhook_uid: 1,
  mode: 'deliveries',
  statuses: ['failed', 'expired'],
  event_types: ['log.access_granted_by_valid_identifier'],
  sources: ['main-entrance'],
  from: 1746400000000,
  to: null,
  dry_run: false,
} satisfies ResendBody;

export const StartedResend = Type.Object({
  /** null: it was only counted. */
  item_uid: orNull(Uid),
  /** How many it found. */
  total: Type.Integer({ minimum: 0 }),
});
export type StartedResend = Static<typeof StartedResend>;

export const ResendItem = Type.Object({
  item_uid: Uid,
  state: Type.Enum(['running', 'done', 'cancelled']),
  webhook_uid: Uid,
  mode: Mode,
  /** Empty in mode `events`. */
  statuses: Type.Array(EndStatus),
  event_types: orNull(Type.Array(EventType)),
  sources: orNull(Type.Array(Type.String())),
  from: orNull(Milliseconds),
  to: orNull(Milliseconds),
  /** What it found at its start; once it is done, `done` and `skipped` together. */
  total: Type.Integer({ minimum: 0 }),
  /** Sent again, or given a delivery: what became of them is in the lists. */
  done: Type.Integer({ minimum: 0 }),
  /** Owed again by other means, too old, or it matched no more. */
  skipped: Type.Integer({ minimum: 0 }),
  started_at: Milliseconds,
  ended_at: orNull(Milliseconds),
  started_by: Type.String(),
});
export type ResendItem = Static<typeof ResendItem>;

export const RESEND_ITEM_EXAMPLE = {
  item_uid: 1,
  state: 'running',
  webhook_uid: 1,
  mode: 'deliveries',
  statuses: ['failed', 'expired'],
  event_types: ['log.access_granted_by_valid_identifier'],
  sources: ['main-entrance'],
  from: 1746400000000,
  to: null,
  total: 12044,
  done: 3072,
  skipped: 1,
  started_at: 1746481123000,
  ended_at: null,
  started_by: 'admin',
} satisfies ResendItem;

export const ResendList = listOf(ResendItem);
export type ResendList = Static<typeof ResendList>;
