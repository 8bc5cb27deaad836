import { type Static, Type } from 'typebox';
import { ACTOR_KINDS } from '../../domain/actor.js';
import { AUDIT_ACTIONS } from '../../domain/audit.js';
import { listOf } from './list.js';
import { Milliseconds, Uid } from './uid.js';

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** What was changed, as the API shows it; secrets are `***`. Of failed log-ins: how many `attempts`. */
const Shown = orNull(
  Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Array(Type.String()), Type.Null()]),
  ),
);

export const AuditItem = Type.Object({
  item_uid: Uid,
  created_at: Milliseconds,
  action: Type.Enum([...AUDIT_ACTIONS]),
  actor_kind: Type.Enum([...ACTOR_KINDS]),
  /** Of the account or key; null for the others, and for a log-in that failed. */
  actor_uid: orNull(Uid),
  /** As it was then; of a failed log-in, as it was given. */
  actor_name: Type.String(),
  /** IP address; null where no request was made. */
  address: orNull(Type.String()),
  /** Of the webhook, user or key. */
  target_uid: orNull(Uid),
  /** null: it was not there. */
  before: Shown,
  /** null: it is there no longer. */
  after: Shown,
  /** Members that changed, also those whose values are not shown. */
  changed: Type.Array(Type.String()),
});
export type AuditItem = Static<typeof AuditItem>;

export const AuditList = listOf(AuditItem);
export type AuditList = Static<typeof AuditList>;
