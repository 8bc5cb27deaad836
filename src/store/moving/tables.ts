/**
 * What a store is made of, for moving it from one database to another. Both dialects have the same tables and
 * columns, but for what is said here. A test holds these lists against what the databases have: a table, a column
 * or a number that is in none of them fails it.
 */
export interface MovedTable {
  name: string;
  /** By these its rows are passed, step by step; they tell rows apart, and have an index. */
  key: readonly string[];
  /** The column whose numbers are given by a counter, and never again. */
  counted?: string;
  integers: readonly string[];
  texts: readonly string[];
  reals?: readonly string[];
  /** Integers that are 0 in the target: which process holds a row, of which none lives. */
  cleared?: readonly string[];
  /** The one that is added up over rows that differ in nothing but what is cleared. */
  summed?: string;
}

/** In the order in which they are moved. */
export const MOVED_TABLES: readonly MovedTable[] = [
  {
    name: 'webhook',
    key: ['uid'],
    counted: 'uid',
    integers: ['uid', 'version_id', 'generation', 'created_at', 'deleted_at'],
    texts: ['url_key'],
  },
  {
    name: 'webhook_version',
    key: ['id'],
    counted: 'id',
    integers: [
      'id',
      'webhook_uid',
      'created_at',
      'max_retries',
      'timeout',
      'ordered',
      'rate_limit',
      'max_age',
    ],
    texts: ['url', 'status', 'disabled_reason', 'event_types', 'description', 'secret', 'headers'],
  },
  {
    name: 'lane',
    key: ['webhook_uid'],
    integers: [
      'webhook_uid',
      'owner',
      'next_probe_at',
      'last_seq',
      'failing_since',
      'probes',
      'unplaced',
      'expired_until',
      'expiries',
      'expired_uid',
      'unswept',
    ],
    texts: ['mode', 'health'],
    cleared: ['owner'],
  },
  {
    name: 'user',
    key: ['uid'],
    counted: 'uid',
    integers: ['uid', 'created_at'],
    texts: ['username', 'account_type', 'password_hash'],
  },
  { name: 'token', key: ['hash'], integers: ['user_uid', 'ends_at'], texts: ['hash'] },
  {
    name: 'api_key',
    key: ['uid'],
    counted: 'uid',
    integers: ['uid', 'created_at', 'last_used_at'],
    texts: ['name', 'prefix', 'hash', 'scopes'],
  },
  { name: 'failed_login', key: ['id'], counted: 'id', integers: ['id', 'at'], texts: ['pair'] },
  {
    name: 'audit',
    key: ['uid'],
    counted: 'uid',
    integers: ['uid', 'at', 'actor_uid', 'target_uid'],
    texts: ['actor_kind', 'actor_name', 'address', 'action', 'before', 'after', 'changed'],
  },
  {
    name: 'job',
    key: ['uid'],
    counted: 'uid',
    integers: [
      'uid',
      'webhook_uid',
      'from_at',
      'to_at',
      'passed_uid',
      'last_uid',
      'total',
      'done',
      'skipped',
      'owner',
      'started_at',
      'ended_at',
    ],
    texts: ['state', 'mode', 'statuses', 'event_types', 'sources', 'started_by'],
    cleared: ['owner'],
  },
  {
    name: 'event',
    key: ['id'],
    counted: 'id',
    integers: [
      'id',
      'event_type',
      'created_at',
      'accepted_at',
      'fanout',
      'first_delivery',
      'last_delivery',
      'test',
    ],
    texts: ['source', 'data'],
  },
  {
    name: 'delivery',
    key: ['uid'],
    counted: 'uid',
    integers: [
      'uid',
      'webhook_uid',
      'event_id',
      'event_type',
      'state',
      'attempts',
      'run_base',
      'owner',
      'claim_no',
      'due_at',
      'accepted_at',
      'last_attempt_at',
      'ended_at',
      'response_status',
      'version_id',
      'lane_seq',
      'test',
      'resend',
      'resent_at',
      'spared',
    ],
    texts: ['reason'],
    cleared: ['owner'],
  },
  { name: 'request_form', key: ['id'], integers: ['id'], texts: ['text'] },
  {
    name: 'attempt',
    key: ['delivery_uid', 'number'],
    integers: [
      'delivery_uid',
      'number',
      'version_id',
      'started_at',
      'response_status',
      'resend',
      'resent',
      'form_id',
    ],
    texts: ['error_kind', 'error_message', 'response_headers', 'response_body'],
    reals: ['duration_ms'],
  },
  {
    name: 'late_delivery',
    key: ['event_id', 'delivery_uid'],
    integers: ['event_id', 'delivery_uid'],
    texts: [],
  },
  {
    name: 'idempotency',
    key: ['at', 'credential', 'key'],
    integers: ['event_id', 'at'],
    texts: ['credential', 'key', 'hash'],
  },
  {
    name: 'stat',
    key: ['span', 'start', 'webhook_uid', 'event_type', 'state', 'bucket'],
    integers: ['span', 'start', 'webhook_uid', 'event_type', 'state', 'bucket', 'slot', 'count'],
    texts: [],
    // Of a session's process: readers add the slots up.
    cleared: ['slot'],
    summed: 'count',
  },
  {
    name: 'log_entry',
    key: ['created_at', 'event_id'],
    integers: ['created_at', 'event_id', 'event_type'],
    texts: [],
  },
  {
    name: 'log_count',
    key: ['span', 'start', 'event_type'],
    integers: ['span', 'start', 'event_type', 'count'],
    texts: [],
  },
  {
    name: 'log_reader',
    key: ['account'],
    integers: ['hidden'],
    texts: ['account', 'listed', 'cleared'],
  },
];

/** Tables that are not moved, each with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  meta: 'a store has its own; what goes along of it is below',
  counter: 'as meta, on PostgreSQL',
  session: 'processes, of which none may live',
  history: 'the partitions of PostgreSQL, which the target makes as it needs them',
  source: 'made again with the blocks of the lists',
  delivery_block: 'what lists are found by is counted again: half of it may be under way',
  delivery_block_state: 'as delivery_block',
  delivery_block_source: 'as delivery_block',
  event_block: 'as delivery_block',
  event_block_type: 'as delivery_block',
  event_block_source: 'as delivery_block',
};

/** Columns that are not moved: the order of the rows is in `at` too. */
export const LEFT_OUT_COLUMNS: Readonly<Record<string, readonly string[]>> = { idempotency: ['id'] };

/** Numbers that a store keeps by their names, and that go along. */
export const LAST_PLAIN_UID = 'last plain uid';
export const MOVED_NUMBERS = ['generation', 'log filed', LAST_PLAIN_UID] as const;
/** A text of `meta` that goes along: receivers know the store by it, wherever it is. */
export const STORE_ID = 'store id';
/** Those of `meta` and `counter` that do not: they say of this database how far it is. */
export const LEFT_OUT_NUMBERS: readonly string[] = [
  // A store notes when it was made, by the key it is opened with.
  'created at',
  'schema',
  'oldest release',
  'key check',
  'move',
  'deliveries in blocks',
  'deliveries to blocks',
  'events in blocks',
  'settling since',
  'settling events',
  'settling deliveries',
  'settled events',
  'settled deliveries',
];

export type MovedNumbers = Record<(typeof MOVED_NUMBERS)[number], number>;

/** Every column, in the order in which rows carry them. */
export function columnsOf({ integers, texts, reals = [] }: MovedTable): string[] {
  return [...integers, ...texts, ...reals];
}
