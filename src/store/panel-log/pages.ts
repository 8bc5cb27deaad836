import { comparePositions, type LogMark, type LogPosition } from '../../domain/log-mark.js';
import type { Asking } from '../asking.js';
import { askAll, askCounter, askOne, type Rows } from '../listing/dialect.js';
import {
  ALL_TYPES,
  BEGIN,
  END,
  endOf,
  hasType,
  LogEntries,
  type LogEntry,
  type LogSelection,
} from './entries.js';

/** `+test` keeps the search on the key. */
export const LOG_UNFILED = `
  SELECT created_at AS "createdAt", id AS "eventId", event_type AS "eventType" FROM event
  WHERE id > @filed AND +test = 0`;
const LAST_EVENT = 'SELECT max(id) AS last FROM event';

export interface LogPageRequest {
  mark: LogMark;
  /** How many filed entries the mark covers. */
  hidden: number;
  from: number | null;
  to: number | null;
  /** Bit n: the type with code n. */
  types: number;
  asc: boolean;
  offset: number;
  limit: number;
  /** Every event up to this one can be seen here; null: only those that are filed surely can. */
  through: number | null;
}

export interface LogPage {
  total: number;
  entries: LogEntry[];
  /** Every event up to this one was there to be listed. */
  horizon: number;
}

/** The last event of all that can be seen, 0 when there is none. */
export function* lastEvent(rows: Rows): Asking<number> {
  return (yield* askOne<{ last: number | null }>(rows, LAST_EVENT))?.last ?? 0;
}

export function logFiled(rows: Rows): Asking<number> {
  return askCounter(rows, 'log filed');
}

/** Reads a page of the log: what is filed, merged with the few events that are not yet. Used within one snapshot. */
export function* readLogPage(rows: Rows, request: LogPageRequest): Asking<LogPage> {
  const filed = yield* logFiled(rows);
  const horizon = Math.max(filed, request.through ?? 0);
  const selection: LogSelection = {
    after: request.from === null ? BEGIN : endOf(request.from - 1),
    upTo: request.to === null ? END : endOf(request.to),
    types: request.types,
  };
  // A mark covers what is filed alone: clearing files everything first.
  const unfiled = request.through === filed ? [] : yield* askAll<LogEntry>(rows, LOG_UNFILED, { filed });
  const waiting = unfiled
    .filter((entry) => request.through === null || entry.eventId <= horizon)
    .filter((entry) => selects(selection, entry));
  const list = yield* readFiled(new LogEntries(rows), selection, request.mark, request.hidden);
  const total = list.count + waiting.length;
  const size = Math.min(request.limit, Math.max(0, total - request.offset));
  const behind = total - request.offset - size;
  const { asc } = request;
  // From the nearer end.
  const entries =
    request.offset <= behind
      ? yield* merged(list, waiting, asc, request.offset, size)
      : (yield* merged(list, waiting, !asc, behind, size)).reverse();
  return { total, entries, horizon };
}

function* readFiled(
  entries: LogEntries,
  selection: LogSelection,
  mark: LogMark,
  hidden: number,
): Asking<Filed> {
  const [top] = mark;
  const above = { ...selection, after: top ? later(selection.after, top) : selection.after };
  const below = { ...selection, upTo: top ? earlier(selection.upTo, top) : BEGIN };
  const late = top ? (yield* entries.total(ALL_TYPES)) - hidden - (yield* countAbove(entries, top)) : 0;
  const countLate = yield* entries.countLate(mark, late, below);
  const count = (yield* entries.count(above)) + countLate;
  return new Filed(entries, mark, { above, below, count, countLate });
}

/** What is filed and selected and not covered: entries above the mark's top, and late ones below it. */
class Filed {
  readonly count: number;
  readonly #entries: LogEntries;
  readonly #mark: LogMark;
  readonly #above: LogSelection;
  readonly #below: LogSelection;
  readonly #countLate: number;

  constructor(
    entries: LogEntries,
    mark: LogMark,
    parts: { above: LogSelection; below: LogSelection; count: number; countLate: number },
  ) {
    this.#entries = entries;
    this.#mark = mark;
    this.#above = parts.above;
    this.#below = parts.below;
    this.#countLate = parts.countLate;
    this.count = parts.count;
  }

  *rows(asc: boolean, offset: number, limit: number): Asking<LogEntry[]> {
    const [first, second] = asc
      ? [this.#late.bind(this), this.#newer.bind(this)]
      : [this.#newer.bind(this), this.#late.bind(this)];
    const countFirst = asc ? this.#countLate : this.count - this.#countLate;
    const rows = offset < countFirst ? yield* first(asc, offset, Math.min(limit, countFirst - offset)) : [];
    if (rows.length === limit) return rows;
    return [...rows, ...(yield* second(asc, Math.max(0, offset - countFirst), limit - rows.length))];
  }

  #newer(asc: boolean, offset: number, limit: number): Asking<LogEntry[]> {
    return this.#entries.page(this.#above, asc, offset, limit);
  }

  *#late(asc: boolean, offset: number, limit: number): Asking<LogEntry[]> {
    const size = Math.min(limit, Math.max(0, this.#countLate - offset));
    if (!asc) return yield* this.#entries.lateDesc(this.#mark, this.#below, offset, size);
    const begin = this.#countLate - offset - size;
    return (yield* this.#entries.lateDesc(this.#mark, this.#below, begin, size)).reverse();
  }
}

export function countAbove(entries: LogEntries, top: LogPosition): Asking<number> {
  return entries.count({ after: top, upTo: END, types: ALL_TYPES });
}

/**
 * `size` entries from `offset` on of both lists together. At most `waiting.length` of those before them are
 * not filed, so that the filed ones need not be read from the beginning.
 */
function* merged(
  filed: Filed,
  waiting: LogEntry[],
  asc: boolean,
  offset: number,
  size: number,
): Asking<LogEntry[]> {
  if (size === 0) return [];
  const compare = asc ? comparePositions : (a: LogPosition, b: LogPosition): number => comparePositions(b, a);
  const sorted = [...waiting].sort(compare);
  const begin = Math.max(0, offset - sorted.length);
  const window = yield* filed.rows(asc, begin, size + sorted.length);
  const [first] = window;
  const before = begin > 0 && first ? sorted.filter((entry) => compare(entry, first) < 0).length : 0;
  const both = [...window, ...sorted.slice(before)].sort(compare);
  const skip = offset - begin - before;
  return both.slice(skip, skip + size);
}

function selects({ after, upTo, types }: LogSelection, entry: LogEntry): boolean {
  return (
    comparePositions(entry, after) > 0 &&
    comparePositions(entry, upTo) <= 0 &&
    hasType(types, entry.eventType)
  );
}

function later(a: LogPosition, b: LogPosition): LogPosition {
  return comparePositions(a, b) >= 0 ? a : b;
}

function earlier(a: LogPosition, b: LogPosition): LogPosition {
  return comparePositions(a, b) <= 0 ? a : b;
}
