import { type Static, Type } from 'typebox';
import { Milliseconds } from './uid.js';

const Bytes = Type.Integer({ minimum: 0 });

/** `GET /api/v1/system` */
export const System = Type.Object({
  version: Type.String({ minLength: 1 }),
  uptime_ms: Type.Integer({ minimum: 0 }),
  store: Type.Object({
    kind: Type.String({ minLength: 1 }),
    /** Number of the newest migration. */
    schema: Type.Integer({ minimum: 1 }),
    /** On disk, with what belongs to the database beside its file. */
    size_bytes: Bytes,
    /**
     * Of a database server: `synchronous`: what was answered with 202 survives the loss of the primary. Otherwise it
     * may not: `missing`: commits wait for a standby that is not connected; `asynchronous`: they wait for none;
     * `none`: none is connected. Null: the store is a file.
     */
    standby: Type.Union([
      Type.Literal('synchronous'),
      Type.Literal('missing'),
      Type.Literal('asynchronous'),
      Type.Literal('none'),
      Type.Null(),
    ]),
  }),
  /** Where the data lie; free is what this process may still use. Null: on a database server, which does not tell. */
  disk: Type.Union([Type.Object({ free_bytes: Bytes, total_bytes: Bytes }), Type.Null()]),
  /** What the `Date` of receivers says of the clock that this node goes by: of those heard within the last hour. */
  clock: Type.Object({
    /** It differs from theirs by more than a minute. */
    off: Type.Boolean(),
    /** How far it is ahead, negative: behind, at the least: the middle one. Null: fewer than three were heard. */
    ahead_ms: Type.Union([Type.Integer(), Type.Null()]),
    receivers: Type.Integer({ minimum: 0 }),
  }),
  nodes: Type.Array(
    Type.Object({ node: Type.Integer({ minimum: 1 }), started_at: Milliseconds, seen_at: Milliseconds }),
  ),
});
export type System = Static<typeof System>;

/** `GET /api/v1/event-types` */
export const EventTypes = Type.Array(
  Type.Object({
    event_type: Type.String(),
    category: Type.Union([
      Type.Literal('access'),
      Type.Literal('info'),
      Type.Literal('system'),
      Type.Literal('emergency'),
    ]),
    /** In the language of `locale`. */
    text: Type.String({ minLength: 1 }),
  }),
);
export type EventTypes = Static<typeof EventTypes>;
