import { type Static, Type } from 'typebox';
import { STATES } from '../../domain/delivery.js';
import { Milliseconds, Uid } from './uid.js';

const Count = Type.Integer({ minimum: 0 });
const State = Type.Enum([...STATES]);

/** What `GET /api/v1/stream` tells; each is the `data` of a message whose `event` is the name after `Stream`. */

export const StreamHello = Type.Object({
  at: Milliseconds,
  missed: Type.Union([Count, Type.Null()], {
    description:
      'Messages since the `Last-Event-ID` that was sent, which are not told again: read the lists. null: nobody knows how many. 0 without `Last-Event-ID`.',
  }),
});

export const StreamAccepted = Type.Object({
  at: Milliseconds,
  count: Type.Integer({ minimum: 1, description: 'Events of one request.' }),
  events: Type.Array(Type.Object({ event_id: Uid, event_type: Type.String(), source: Type.String() }), {
    description: 'The first 20 of them.',
  }),
});

export const StreamAttempt = Type.Object({
  delivery_uid: Uid,
  webhook_uid: Uid,
  event_id: Uid,
  event_type: Type.String(),
  attempt: Uid,
  started_at: Milliseconds,
  duration_ms: Type.Number({ minimum: 0 }),
  response_status: Type.Union([Type.Integer(), Type.Null()]),
  error: Type.Union([Type.String(), Type.Null()], { description: 'In a word; null: it was delivered.' }),
  resend: Type.Boolean(),
  probe: Type.Boolean(),
  test: Type.Boolean(),
  status: Type.Union([State, Type.Literal('stale')], {
    description: '`stale`: another process holds the delivery, and this attempt counts for nothing.',
  }),
  next_attempt_in_ms: Type.Union([Count, Type.Null()]),
});

export const StreamEnded = Type.Object({
  delivery_uid: Uid,
  webhook_uid: Uid,
  event_id: Uid,
  event_type: Type.String(),
  status: State,
  reason: Type.Union([Type.String(), Type.Null()]),
  test: Type.Boolean(),
  accepted_at: Milliseconds,
  at: Milliseconds,
});

export const StreamHealth = Type.Object({
  webhook_uid: Uid,
  url: Type.String({ description: 'Without its query.' }),
  health: Type.Enum(['healthy', 'open', 'draining', 'disabled']),
  reason: Type.Union([Type.String(), Type.Null()]),
  failing_since: Type.Union([Milliseconds, Type.Null()]),
  next_probe_at: Type.Union([Milliseconds, Type.Null()]),
  at: Milliseconds,
});

/** A resend of many; at most once a second, and when it ends. */
export const StreamJob = Type.Object({
  resend_uid: Uid,
  webhook_uid: Uid,
  state: Type.Enum(['running', 'done', 'cancelled']),
  total: Count,
  done: Count,
  skipped: Count,
  at: Milliseconds,
});

export const StreamCounts = Type.Object({
  from: Milliseconds,
  to: Milliseconds,
  accepted: Type.Integer({ minimum: 0, description: 'Events.' }),
  attempts: Type.Object({ succeeded: Count, failed: Count }),
  ended: Type.Object({ delivered: Count, failed: Count, cancelled: Count, expired: Count }),
  omitted: Type.Integer({
    minimum: 0,
    description: 'Messages of this time that were counted here and not told one by one.',
  }),
});

export const StreamDropped = Type.Object({
  count: Type.Integer({
    minimum: 1,
    description: 'Messages that this client was too slow to take: read the lists.',
  }),
});

export type StreamHello = Static<typeof StreamHello>;
export type StreamAccepted = Static<typeof StreamAccepted>;
export type StreamAttempt = Static<typeof StreamAttempt>;
export type StreamEnded = Static<typeof StreamEnded>;
export type StreamHealth = Static<typeof StreamHealth>;
export type StreamJob = Static<typeof StreamJob>;
export type StreamCounts = Static<typeof StreamCounts>;
export type StreamDropped = Static<typeof StreamDropped>;

/** By the `event` of the message. */
export interface StreamMessages {
  hello: StreamHello;
  accepted: StreamAccepted;
  attempt: StreamAttempt;
  ended: StreamEnded;
  health: StreamHealth;
  job: StreamJob;
  counts: StreamCounts;
  dropped: StreamDropped;
}
