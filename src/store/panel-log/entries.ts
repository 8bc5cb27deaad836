import { comparePositions, type LogMark, type LogPosition, MAX_LOG_STEPS } from '../../domain/log-mark.js';
import type { Asking } from '../asking.js';
import { askAll, askOne, type Rows } from '../listing/dialect.js';
import { HOUR_MS, SPAN } from '../statistics.js';

/** ms; the last instant that an event can have. */
const LAST_INSTANT = 8.64e15;
/** Before and behind every event. */
export const BEGIN: LogPosition = { createdAt: -1, eventId: 0 };
export const END: LogPosition = { createdAt: LAST_INSTANT, eventId: Number.MAX_SAFE_INTEGER };

/** Between two instants, both inclusive. */
export function endOf(instant: number): LogPosition {
  return { createdAt: instant, eventId: Number.MAX_SAFE_INTEGER };
}

export interface LogEntry extends LogPosition {
  eventType: number;
}

/** Hours that are read at a time, with their counts. */
const HOURS_AT_ONCE = 256;

/** What a list asks for: positions behind `after`, up to `upTo`, of the types whose bits are set. */
export interface LogSelection {
  after: LogPosition;
  upTo: LogPosition;
  /** Bit n: the type with code n. */
  types: number;
}

/** As many bits as a number has. A further event type would be in no list. */
export const MOST_TYPES = 53;
export const ALL_TYPES = 2 ** MOST_TYPES - 1;

export function hasType(types: number, code: number): boolean {
  return Math.floor(types / 2 ** code) % 2 === 1;
}

const WITHIN =
  '(created_at, event_id) > (@afterAt, @afterId) AND (created_at, event_id) <= (@upToAt, @upToId)';
const OF_TYPE = '((CAST(@types AS BIGINT) >> CAST(event_type AS INTEGER)) & 1) = 1';

/** Each step is bound by its number, see `steps`; those that a mark does not have cover nothing. */
export function uncoveredBy(mark: string, eventId = 'event_id'): string {
  return Array.from(
    { length: MAX_LOG_STEPS },
    (_, n) =>
      `NOT (${eventId} <= @${mark}Horizon${n} AND (created_at, ${eventId}) <= (@${mark}At${n}, @${mark}Id${n}))`,
  ).join(' AND ');
}

const UNCOVERED = uncoveredBy('mark');
/** Quoted: elsewhere than in SQLite a bare name is written small. */
const COLUMNS = 'created_at AS "createdAt", event_id AS "eventId", event_type AS "eventType"';

export const LOG_PAGE_DESC = `
  SELECT ${COLUMNS} FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE}
  ORDER BY created_at DESC, event_id DESC LIMIT @limit OFFSET @offset`;
export const LOG_PAGE_ASC = `
  SELECT ${COLUMNS} FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE}
  ORDER BY created_at, event_id LIMIT @limit OFFSET @offset`;
const COUNT_ROWS = `SELECT count(*) AS count FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE}`;
export const LOG_HOURS_DESC = `
  SELECT start, CAST(sum(count) AS BIGINT) AS count FROM log_count
  WHERE span = ${SPAN.hour} AND start >= @first AND start < @end AND ${OF_TYPE}
  GROUP BY start ORDER BY start DESC LIMIT ${HOURS_AT_ONCE}`;
export const LOG_HOURS_ASC = `
  SELECT start, CAST(sum(count) AS BIGINT) AS count FROM log_count
  WHERE span = ${SPAN.hour} AND start >= @first AND start < @end AND ${OF_TYPE}
  GROUP BY start ORDER BY start LIMIT ${HOURS_AT_ONCE}`;
const COUNT_HOURS = `
  SELECT CAST(coalesce(sum(count), 0) AS BIGINT) AS count FROM log_count
  WHERE span = ${SPAN.hour} AND start >= @first AND start < @end AND ${OF_TYPE}`;
const TOTAL = `
  SELECT CAST(coalesce(sum(count), 0) AS BIGINT) AS count FROM log_count WHERE span = ${SPAN.total} AND start = 0 AND ${OF_TYPE}`;
/** The inner limit is the number of uncovered entries there are: behind the last of them nothing is read. */
const COUNT_LATE = `
  SELECT count(*) AS count FROM (
    SELECT created_at, event_id, event_type FROM log_entry
    WHERE (created_at, event_id) <= (@topAt, @topId) AND ${UNCOVERED}
    ORDER BY created_at DESC, event_id DESC LIMIT @late
  ) late WHERE ${WITHIN} AND ${OF_TYPE}`;
export const LOG_LATE = `
  SELECT ${COLUMNS} FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE} AND ${UNCOVERED}
  ORDER BY created_at DESC, event_id DESC LIMIT @limit OFFSET @offset`;

/** Part of a selection: a whole hour with its count, or what is left of one, to be counted by rows. */
interface Piece {
  after: LogPosition;
  upTo: LogPosition;
  count: number | null;
}

type Binding = Record<string, number>;

/** Reads what is filed. Hours are skipped by their counts; rows are read only in the hours that are asked for. */
export class LogEntries {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** All that is filed, of these types. */
  total(types: number): Asking<number> {
    return this.#count(TOTAL, { types });
  }

  *count(selection: LogSelection): Asking<number> {
    const { after, upTo, types } = selection;
    if (comparePositions(after, upTo) >= 0) return 0;
    if (after === BEGIN && upTo === END) return yield* this.total(types);
    const { head, first, end, tail } = parts(selection);
    let sum = first < end ? yield* this.#count(COUNT_HOURS, { first, end, types }) : 0;
    for (const piece of [head, tail]) if (piece) sum += yield* this.#rowsIn(piece, types);
    return sum;
  }

  *page(selection: LogSelection, asc: boolean, offset: number, limit: number): Asking<LogEntry[]> {
    const found: LogEntry[] = [];
    const { types } = selection;
    let skip = offset;
    // The first page of everything, which pollers ask for each second: no hour is skipped, none looked for.
    const direct = offset === 0 && types === ALL_TYPES;
    const pieces = new Pieces(this.#rows, selection, asc);
    let piece: Piece | null = direct ? { ...selection, count: null } : yield* pieces.next();
    for (; piece && found.length < limit; piece = direct ? null : yield* pieces.next()) {
      if (skip > 0) {
        const count: number = piece.count ?? (yield* this.#rowsIn(piece, types));
        if (skip >= count) {
          skip -= count;
          continue;
        }
      }
      const room = { limit: limit - found.length, offset: skip };
      const sql = asc ? LOG_PAGE_ASC : LOG_PAGE_DESC;
      found.push(...(yield* askAll<LogEntry>(this.#rows, sql, { ...within(piece), types, ...room })));
      skip = 0;
    }
    return found;
  }

  /**
   * Of the entries at or below the mark's top that it does not cover.
   * @param late how many there are of all types
   */
  *countLate(mark: LogMark, late: number, selection: LogSelection): Asking<number> {
    const [top] = mark;
    if (!top || late === 0) return 0;
    const bounds = { topAt: top.createdAt, topId: top.eventId, late };
    const { types } = selection;
    return yield* this.#count(COUNT_LATE, { ...within(selection), types, ...steps(mark), ...bounds });
  }

  /** Newest first. Ask for no more than there are: the search for another would read all that is covered. */
  *lateDesc(mark: LogMark, selection: LogSelection, offset: number, limit: number): Asking<LogEntry[]> {
    if (limit === 0) return [];
    const { types } = selection;
    const bound = { ...within(selection), types, ...steps(mark), offset, limit };
    return yield* askAll<LogEntry>(this.#rows, LOG_LATE, bound);
  }

  #rowsIn(piece: Piece, types: number): Asking<number> {
    return this.#count(COUNT_ROWS, { ...within(piece), types });
  }

  *#count(sql: string, bound: Binding): Asking<number> {
    return (yield* askOne<{ count: number }>(this.#rows, sql, bound))?.count ?? 0;
  }
}

/** The pieces of a selection, one after the other. */
class Pieces {
  readonly #rows: Rows;
  readonly #types: number;
  readonly #asc: boolean;
  readonly #ready: Piece[] = [];
  #hours: { first: number; end: number };
  #last: Piece | null;

  constructor(rows: Rows, selection: LogSelection, asc: boolean) {
    const { head, first, end, tail } = parts(selection);
    const [before, behind] = asc ? [head, tail] : [tail, head];
    this.#rows = rows;
    this.#types = selection.types;
    this.#asc = asc;
    if (before) this.#ready.push(before);
    this.#hours = { first, end };
    this.#last = behind;
  }

  *next(): Asking<Piece | null> {
    const { first, end } = this.#hours;
    if (this.#ready.length === 0 && first < end) {
      const sql = this.#asc ? LOG_HOURS_ASC : LOG_HOURS_DESC;
      const bound = { first, end, types: this.#types };
      const hours = yield* askAll<{ start: number; count: number }>(this.#rows, sql, bound);
      for (const { start, count } of hours) {
        this.#ready.push({ after: endOf(start - 1), upTo: endOf(start + HOUR_MS - 1), count });
      }
      const last = hours.length === HOURS_AT_ONCE ? hours.at(-1) : undefined;
      if (!last) this.#hours = { first: 0, end: 0 };
      else if (this.#asc) this.#hours = { first: last.start + HOUR_MS, end };
      else this.#hours = { first, end: last.start };
    }
    const piece = this.#ready.shift();
    if (piece) return piece;
    const rest = this.#last;
    this.#last = null;
    return rest;
  }
}

/** The whole hours of a selection, `first` to before `end`, and what lies before and behind them. */
function parts({ after, upTo }: LogSelection): {
  head: Piece | null;
  first: number;
  end: number;
  tail: Piece | null;
} {
  const first = (Math.floor(after.createdAt / HOUR_MS) + 1) * HOUR_MS;
  const end = upTo === END ? LAST_INSTANT + 1 : Math.floor(upTo.createdAt / HOUR_MS) * HOUR_MS;
  if (first >= end) return { head: { after, upTo, count: null }, first, end, tail: null };
  const head = after === BEGIN ? null : { after, upTo: endOf(first - 1), count: null };
  return { head, first, end, tail: upTo === END ? null : { after: endOf(end - 1), upTo, count: null } };
}

function within({ after, upTo }: { after: LogPosition; upTo: LogPosition }): Binding {
  return {
    afterAt: after.createdAt,
    afterId: after.eventId,
    upToAt: upTo.createdAt,
    upToId: upTo.eventId,
  };
}

/** @param name as in `uncoveredBy` */
export function steps(mark: LogMark, name = 'mark'): Binding {
  const binding: Binding = {};
  for (let n = 0; n < MAX_LOG_STEPS; n++) {
    const step = mark[n];
    binding[`${name}At${n}`] = step?.createdAt ?? -1;
    binding[`${name}Id${n}`] = step?.eventId ?? -1;
    binding[`${name}Horizon${n}`] = step?.horizon ?? -1;
  }
  return binding;
}
