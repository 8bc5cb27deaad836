import { comparePositions, type LogMark, type LogPosition, MAX_LOG_STEPS } from '../../domain/log-mark.js';
import { HOUR_MS, SPAN } from '../statistics.js';
import type { Connection } from './connection.js';

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

/** What a list asks for: positions behind `after`, up to `upTo`, of the types whose bits are set. */
export interface LogSelection {
  after: LogPosition;
  upTo: LogPosition;
  /** Bit n: the type with code n. */
  types: number;
}

export const ALL_TYPES = 2 ** 50 - 1;

export function hasType(types: number, code: number): boolean {
  return Math.floor(types / 2 ** code) % 2 === 1;
}

const WITHIN =
  '(created_at, event_id) > (@afterAt, @afterId) AND (created_at, event_id) <= (@upToAt, @upToId)';
const OF_TYPE = '(CAST(@types AS INTEGER) >> event_type) & 1';

/** Each step is bound by its number, see `steps`; those that a mark does not have cover nothing. */
export function uncoveredBy(mark: string, eventId = 'event_id'): string {
  return Array.from(
    { length: MAX_LOG_STEPS },
    (_, n) =>
      `NOT (${eventId} <= @${mark}Horizon${n} AND (created_at, ${eventId}) <= (@${mark}At${n}, @${mark}Id${n}))`,
  ).join(' AND ');
}

const UNCOVERED = uncoveredBy('mark');
const COLUMNS = 'created_at AS createdAt, event_id AS eventId, event_type AS eventType';

export const LOG_PAGE_DESC = `
  SELECT ${COLUMNS} FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE}
  ORDER BY created_at DESC, event_id DESC LIMIT @limit OFFSET @offset`;
export const LOG_PAGE_ASC = `
  SELECT ${COLUMNS} FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE}
  ORDER BY created_at, event_id LIMIT @limit OFFSET @offset`;
const COUNT_ROWS = `SELECT count(*) AS count FROM log_entry WHERE ${WITHIN} AND ${OF_TYPE}`;
export const LOG_HOURS_DESC = `
  SELECT start, sum(count) AS count FROM log_count
  WHERE span = ${SPAN.hour} AND start >= @first AND start < @end AND ${OF_TYPE}
  GROUP BY start ORDER BY start DESC`;
export const LOG_HOURS_ASC = `
  SELECT start, sum(count) AS count FROM log_count
  WHERE span = ${SPAN.hour} AND start >= @first AND start < @end AND ${OF_TYPE}
  GROUP BY start ORDER BY start`;
const COUNT_HOURS = `
  SELECT coalesce(sum(count), 0) AS count FROM log_count
  WHERE span = ${SPAN.hour} AND start >= @first AND start < @end AND ${OF_TYPE}`;
const TOTAL = `
  SELECT coalesce(sum(count), 0) AS count FROM log_count WHERE span = ${SPAN.total} AND start = 0 AND ${OF_TYPE}`;
/** The inner limit is the number of uncovered entries there are: behind the last of them nothing is read. */
const COUNT_LATE = `
  SELECT count(*) AS count FROM (
    SELECT created_at, event_id, event_type FROM log_entry
    WHERE (created_at, event_id) <= (@topAt, @topId) AND ${UNCOVERED}
    ORDER BY created_at DESC, event_id DESC LIMIT @late
  ) WHERE ${WITHIN} AND ${OF_TYPE}`;
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
  readonly #pages;
  readonly #hours;
  readonly #countRows;
  readonly #countHours;
  readonly #total;
  readonly #countLate;
  readonly #late;

  constructor(database: Connection) {
    const page = (sql: string) => database.prepare<[Binding], LogEntry>(sql);
    const count = (sql: string) => database.prepare<[Binding], { count: number }>(sql);
    const hours = (sql: string) => database.prepare<[Binding], { start: number; count: number }>(sql);
    this.#pages = { asc: page(LOG_PAGE_ASC), desc: page(LOG_PAGE_DESC) };
    this.#hours = { asc: hours(LOG_HOURS_ASC), desc: hours(LOG_HOURS_DESC) };
    this.#countRows = count(COUNT_ROWS);
    this.#countHours = count(COUNT_HOURS);
    this.#total = count(TOTAL);
    this.#countLate = count(COUNT_LATE);
    this.#late = page(LOG_LATE);
  }

  /** All that is filed, of these types. */
  total(types: number): number {
    return this.#total.get({ types })?.count ?? 0;
  }

  count(selection: LogSelection): number {
    const { after, upTo, types } = selection;
    if (comparePositions(after, upTo) >= 0) return 0;
    if (after === BEGIN && upTo === END) return this.total(types);
    const { head, first, end, tail } = parts(selection);
    const rows = [head, tail].reduce((sum, piece) => sum + (piece ? this.#rowsIn(piece, types) : 0), 0);
    return rows + (first < end ? (this.#countHours.get({ first, end, types })?.count ?? 0) : 0);
  }

  page(selection: LogSelection, asc: boolean, offset: number, limit: number): LogEntry[] {
    const found: LogEntry[] = [];
    const statement = asc ? this.#pages.asc : this.#pages.desc;
    let skip = offset;
    // The first page of everything, which pollers ask for each second: no hour is skipped, none looked for.
    const direct = offset === 0 && selection.types === ALL_TYPES;
    for (const piece of direct ? [{ ...selection, count: null }] : this.#pieces(selection, asc)) {
      if (found.length === limit) break;
      if (skip > 0) {
        const count = piece.count ?? this.#rowsIn(piece, selection.types);
        if (skip >= count) {
          skip -= count;
          continue;
        }
      }
      const room = { limit: limit - found.length, offset: skip };
      found.push(...statement.all({ ...within(piece), types: selection.types, ...room }));
      skip = 0;
    }
    return found;
  }

  /**
   * Of the entries at or below the mark's top that it does not cover.
   * @param late how many there are of all types
   */
  countLate(mark: LogMark, late: number, selection: LogSelection): number {
    const [top] = mark;
    if (!top || late === 0) return 0;
    const bounds = { topAt: top.createdAt, topId: top.eventId, late };
    const { types } = selection;
    return this.#countLate.get({ ...within(selection), types, ...steps(mark), ...bounds })?.count ?? 0;
  }

  /** Newest first. Ask for no more than there are: the search for another would read all that is covered. */
  lateDesc(mark: LogMark, selection: LogSelection, offset: number, limit: number): LogEntry[] {
    if (limit === 0) return [];
    const { types } = selection;
    return this.#late.all({ ...within(selection), types, ...steps(mark), offset, limit });
  }

  #rowsIn(piece: Piece, types: number): number {
    return this.#countRows.get({ ...within(piece), types })?.count ?? 0;
  }

  *#pieces(selection: LogSelection, asc: boolean): Generator<Piece> {
    const { head, first, end, tail } = parts(selection);
    const [before, behind] = asc ? [head, tail] : [tail, head];
    if (before) yield before;
    const hours = asc ? this.#hours.asc : this.#hours.desc;
    if (first < end) {
      for (const { start, count } of hours.iterate({ first, end, types: selection.types })) {
        yield { after: endOf(start - 1), upTo: endOf(start + HOUR_MS - 1), count };
      }
    }
    if (behind) yield behind;
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
