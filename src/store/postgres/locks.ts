/** Keys of the advisory locks, which are one space for a whole database; the first is Latchhook's. */
export const LOCK = {
  space: 1_819_568_232,
  /** Who brings the schema up to date. */
  schema: 0,
  /** Shared by what accepts; alone by what changes the rules by which is accepted (`transaction.ts`). */
  acceptance: 1,
  sessions: 2,
  partitions: 3,
  tidying: 4,
  /** Who takes into the lists what no transaction can still write. */
  lists: 10,
  /** Who files events for the log. */
  filing: 11,
} as const;

/** Until the transaction's end. */
export const lockAlone = (key: number) => `SELECT pg_advisory_xact_lock(${LOCK.space}, ${key})`;
