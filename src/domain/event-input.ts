import { createHash } from 'node:crypto';
import { Refusal } from './errors.js';
import type { AcceptedEvent } from './event.js';
import { eventTypeCode } from './event-types.js';
import { compactMembers, parseJsonBytes } from './json.js';
import { hasLength, type Member, readShape } from './shape.js';

export const MAX_EVENTS = 1000;
/** Bytes of UTF-8, compact. */
export const MAX_DATA_BYTES = 65_536;
/** ms; the last instant that a JavaScript date can hold. */
export const MAX_CREATED_AT = 8.64e15;
/** Characters. */
export const SOURCE_LENGTH = { min: 1, max: 64 } as const;
export const IDEMPOTENCY_KEY_LENGTH = { min: 1, max: 200 } as const;

const MEMBERS = {
  event_type: { kind: 'string', required: true },
  source: { kind: 'string', required: false },
  data: { kind: 'object', required: false },
  created_at: { kind: 'integer', required: false },
  idempotency_key: { kind: 'string', required: false },
} as const satisfies Record<string, Member>;

export interface EventInputOptions {
  /**
   * The `Idempotency-Key` header. For a single event only: beside an array it is refused, since a client
   * that trusts in it would have its whole batch twice.
   */
  idempotencyKeyHeader: string | null;
  /** The source of events that name none. */
  defaultSource: string;
}

/**
 * The events of a request's body: one object, or an array of 1 to 1000. An optional member that is null
 * counts as left out. An event is judged as a whole before the one behind it.
 * @throws Refusal, within an array with ` (item N)` behind its text, N from 0
 */
export function readEvents(bytes: Uint8Array, options: EventInputOptions): AcceptedEvent[] {
  const { value, text } = parseJsonBytes(bytes);
  if (!Array.isArray(value)) {
    return [readEvent(value, compactMembers(text, 'data')[0] ?? null, options, '')];
  }
  if (value.length === 0) throw new Refusal('wrong-json');
  if (value.length > MAX_EVENTS) throw new Refusal('too-many-events');
  if (options.idempotencyKeyHeader !== null) throw new Refusal('idempotency-key-of-array');
  const sources = compactMembers(text, 'data');
  return value.map((item, index) => readEvent(item, sources[index] ?? null, options, ` (item ${index})`));
}

function readEvent(
  json: unknown,
  dataSource: string | null,
  options: EventInputOptions,
  suffix: string,
): AcceptedEvent {
  const given = readShape(json, MEMBERS, suffix);
  const { event_type: eventType } = given;
  if (eventTypeCode(eventType) === undefined) throw new Refusal('invalid-event-types', '', { suffix });
  const source = given.source ?? null;
  if (source !== null && !hasLength(source, SOURCE_LENGTH.min, SOURCE_LENGTH.max))
    throw new Refusal('invalid-source', '', { suffix });
  const data = given.data ? readData(dataSource ?? '{}', suffix) : '{}';
  const createdAt = given.created_at ?? null;
  if (createdAt !== null && (createdAt < 0 || createdAt > MAX_CREATED_AT)) {
    throw new Refusal('invalid-created-at', '', { suffix });
  }
  const key = readKey(given.idempotency_key ?? null, options.idempotencyKeyHeader, suffix);
  return {
    eventType,
    source: source ?? options.defaultSource,
    data,
    createdAt,
    idempotency: key === null ? null : { key, hash: contentHash([eventType, source, data, createdAt]) },
  };
}

function readData(source: string, suffix: string): string {
  const bytes = Buffer.from(source);
  if (bytes.length > MAX_DATA_BYTES) throw new Refusal('event-data-too-large', '', { suffix });
  // A string of its own: a slice would keep the whole body in memory for as long as the event waits.
  return bytes.toString();
}

function readKey(member: string | null, header: string | null, suffix: string): string | null {
  const key = member ?? header;
  const differ = member !== null && header !== null && member !== header;
  if (differ || (key !== null && !hasLength(key, IDEMPOTENCY_KEY_LENGTH.min, IDEMPOTENCY_KEY_LENGTH.max))) {
    throw new Refusal('invalid-idempotency-key', '', { suffix });
  }
  return key;
}

/** Of what the client gave; what it left out is null, so that a default may change between two tries. */
function contentHash(content: [string, string | null, string, number | null]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
