import { createHash } from 'node:crypto';
import { Refusal } from './errors.js';
import type { AcceptedEvent } from './event.js';
import { eventTypeCode } from './event-types.js';
import { instantOf } from './instant.js';
import { asBuffer, type JsonObject, type Place } from './json.js';
import { isSpace, OPEN_BRACKET } from './json-scanner.js';
import { compactAt, itemsOf, type Members, STEP_BYTES, valueAt } from './named-members.js';
import { hasLength, type Member, readShape } from './shape.js';
import type { Steps } from './steps.js';

export const MAX_EVENTS = 1000;
/** Bytes of UTF-8, compact. */
export const MAX_DATA_BYTES = 65_536;
/** In ms the year 5138. A greater number is taken for microseconds, of which this is 1973. */
export const MAX_CREATED_AT = 1e14 - 1;
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

const NAMES = Object.keys(MEMBERS);
const SPELLED = NAMES.map((name) => Buffer.from(name));
const DATA = NAMES.indexOf('data');

export interface EventInputOptions {
  /**
   * The `Idempotency-Key` header. For a single event only: beside an array it is refused, since a client
   * that trusts in it would have its whole batch twice.
   */
  idempotencyKeyHeader: string | null;
  /** The source of events that name none. */
  defaultSource: string;
  /** An item of an array that is refused stands in the way of no other; its text is without its number. */
  partial?: boolean;
}

/** What a body reports. */
export interface Report {
  isArray: boolean;
  /** In the order sent; where the report is partial, a refusal in place of an event that cannot be taken. */
  items: (AcceptedEvent | Refusal)[];
}

/**
 * The events of a request's body: one object, or an array of 1 to 1000. An optional member that is null
 * counts as left out. That it is JSON is judged first, then each event as a whole before the one behind it.
 * Whatever 8 MiB hold, they are never parsed together: each step takes a few ms.
 * @throws Refusal, within an array with ` (item N)` behind its text, N from 0
 */
export function* readReport(given: Uint8Array, options: EventInputOptions): Steps<Report> {
  const bytes = asBuffer(given);
  const found = yield* itemsOf(bytes, SPELLED, MAX_EVENTS);
  if (found.kind === 'too-many') throw new Refusal('too-many-events');
  if (found.kind === 'one') return { isArray: false, items: [readEvent(bytes, found.item, options, '')] };
  if (options.idempotencyKeyHeader !== null) throw new Refusal('idempotency-key-of-array');
  const items: Report['items'] = [];
  let read = 0;
  for (const [index, item] of found.items.entries()) {
    try {
      items.push(readEvent(bytes, item, options, options.partial ? '' : ` (item ${index})`));
    } catch (error) {
      if (!options.partial || !(error instanceof Refusal)) throw error;
      items.push(error);
    }
    read += sizeOf(item);
    if (read < STEP_BYTES) continue;
    read = 0;
    yield;
  }
  return { isArray: true, items };
}

/** Bytes of the members that are read. */
function sizeOf(item: Members | null): number {
  let size = 0;
  for (const place of item ?? []) if (place) size += place.end - place.start;
  return size;
}

function readEvent(
  bytes: Buffer,
  item: Members | null,
  options: EventInputOptions,
  suffix: string,
): AcceptedEvent {
  const given = readShape(item && valuesOf(bytes, item), MEMBERS, suffix);
  const { event_type: eventType } = given;
  if (eventTypeCode(eventType) === undefined) throw new Refusal('invalid-event-types', '', { suffix });
  const source = given.source ?? null;
  if (source !== null && !hasLength(source, SOURCE_LENGTH.min, SOURCE_LENGTH.max))
    throw new Refusal('invalid-source', '', { suffix });
  const place = given.data ? item?.[DATA] : undefined;
  const data = place ? compactAt(bytes, place, MAX_DATA_BYTES) : '{}';
  if (data === null) throw new Refusal('event-data-too-large', '', { suffix });
  const createdAt = readCreatedAt(given.created_at ?? null, suffix);
  const key = readKey(given.idempotency_key ?? null, options.idempotencyKeyHeader, suffix);
  return {
    eventType,
    source: source ?? options.defaultSource,
    data,
    createdAt,
    idempotency: key === null ? null : { key, hash: contentHash([eventType, source, data, createdAt]) },
  };
}

function valuesOf(bytes: Buffer, item: Members): JsonObject {
  const values: Record<string, unknown> = {};
  for (let index = 0; index < NAMES.length; index++) {
    const place = item[index];
    if (!place) continue;
    // PHP's `json_encode` makes `[]` of an object without members.
    const isNone = index === DATA && isEmptyArray(bytes, place);
    values[NAMES[index] ?? ''] = isNone ? null : valueAt(bytes, place);
  }
  return values;
}

function isEmptyArray(bytes: Buffer, { start, end }: Place): boolean {
  if (bytes[start] !== OPEN_BRACKET) return false;
  for (let at = start + 1; at < end - 1; at++) if (!isSpace(bytes[at])) return false;
  return true;
}

function readCreatedAt(given: number | null, suffix: string): number | null {
  if (given === null) return null;
  if (given < 0 || given > MAX_CREATED_AT) throw new Refusal('invalid-created-at', '', { suffix });
  return instantOf(given);
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
