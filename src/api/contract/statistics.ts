import { type Static, Type } from 'typebox';
import { STATES } from '../../domain/delivery.js';
import { Milliseconds, Uid } from './uid.js';
import { EventType } from './webhook.js';

const Counted = {
  /** How many deliveries are in each state now. */
  counts: Type.Object(
    Object.fromEntries(STATES.map((state) => [state, Type.Integer()])) as Record<
      (typeof STATES)[number],
      ReturnType<typeof Type.Integer>
    >,
  ),
  /** ms from acceptance to delivery, right within a tenth; null where none was delivered. */
  latency: Type.Union([
    Type.Object({ p50: Type.Integer(), p95: Type.Integer(), p99: Type.Integer() }),
    Type.Null(),
  ]),
};

export const StatisticsSeries = Type.Object({
  /** With `by=webhook`. */
  webhook_uid: Type.Optional(Uid),
  /** With `by=event_type`. */
  event_type: Type.Optional(EventType),
  ...Counted,
  /** In order of time; none where nothing was accepted. */
  points: Type.Array(Type.Object({ start: Milliseconds, ...Counted })),
});
export type StatisticsSeries = Static<typeof StatisticsSeries>;

/** `GET /api/v1/statistics`; deliveries accepted from `from` on and before `to`. */
export const Statistics = Type.Object({
  from: Milliseconds,
  to: Milliseconds,
  /** ms; points begin at multiples of it. */
  step: Type.Integer({ minimum: 60_000 }),
  series: Type.Array(StatisticsSeries),
});
export type Statistics = Static<typeof Statistics>;
