import { comparePositions, type LogMark, type LogPosition } from '../../domain/log-mark.js';
import type { Connection } from './connection.js';
import {
  ALL_TYPES,
  BEGIN,
  END,
  endOf,
  hasType,
  LogEntries,
  type LogEntry,
  type LogSelection,
} from './log-entries.js';
import { READ_FILED } from './log-filing.js';

/** `+test` keeps the search on the key. */
export const LOG_UNFILED = `
  SELECT created_at AS createdAt, id AS eventId, event_type AS eventType FROM event WHERE id > ? AND +test = 0`;
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
}

export interface LogPage {
  total: number;
  entries: LogEntry[];
  /** Every event up to this one was there to be listed. */
  horizon: number;
}

/** Reads pages of the log: what is filed, merged with the few events that are not yet. Used within one snapshot. */
export class LogPages {
  readonly #entries: LogEntries;
  readonly #filed;
  readonly #unfiled;
  readonly #last;

  constructor(database: Connection) {
    this.#entries = new LogEntries(database);
    this.#filed = database.prepare<[], { value: number }>(READ_FILED);
    this.#unfiled = database.prepare<[number], LogEntry>(LOG_UNFILED);
    this.#last = database.prepare<[], { last: number | null }>(LAST_EVENT);
  }

  page(request: LogPageRequest): LogPage {
    const horizon = this.#last.get()?.last ?? 0;
    const filed = this.#filed.get()?.value ?? 0;
    const selection: LogSelection = {
      after: request.from === null ? BEGIN : endOf(request.from - 1),
      upTo: request.to === null ? END : endOf(request.to),
      types: request.types,
    };
    // A mark covers what is filed alone: clearing files everything first.
    const waiting =
      horizon > filed ? this.#unfiled.all(filed).filter((entry) => selects(selection, entry)) : [];
    const list = new Filed(this.#entries, selection, request.mark, request.hidden);
    const total = list.count + waiting.length;
    const size = Math.min(request.limit, Math.max(0, total - request.offset));
    const behind = total - request.offset - size;
    const { asc } = request;
    // From the nearer end.
    const entries =
      request.offset <= behind
        ? merged(list, waiting, asc, request.offset, size)
        : merged(list, waiting, !asc, behind, size).reverse();
    return { total, entries, horizon };
  }
}

/** What is filed and selected and not covered: entries above the mark's top, and late ones below it. */
class Filed {
  readonly count: number;
  readonly #entries: LogEntries;
  readonly #mark: LogMark;
  readonly #above: LogSelection;
  readonly #below: LogSelection;
  readonly #countLate: number;

  constructor(entries: LogEntries, selection: LogSelection, mark: LogMark, hidden: number) {
    const [top] = mark;
    this.#entries = entries;
    this.#mark = mark;
    this.#above = { ...selection, after: top ? later(selection.after, top) : selection.after };
    this.#below = { ...selection, upTo: top ? earlier(selection.upTo, top) : BEGIN };
    const late = top ? entries.total(ALL_TYPES) - hidden - countAbove(entries, top) : 0;
    this.#countLate = entries.countLate(mark, late, this.#below);
    this.count = entries.count(this.#above) + this.#countLate;
  }

  rows(asc: boolean, offset: number, limit: number): LogEntry[] {
    const [first, second] = asc
      ? [this.#late.bind(this), this.#newer.bind(this)]
      : [this.#newer.bind(this), this.#late.bind(this)];
    const countFirst = asc ? this.#countLate : this.count - this.#countLate;
    const rows = offset < countFirst ? first(asc, offset, Math.min(limit, countFirst - offset)) : [];
    if (rows.length === limit) return rows;
    return [...rows, ...second(asc, Math.max(0, offset - countFirst), limit - rows.length)];
  }

  #newer(asc: boolean, offset: number, limit: number): LogEntry[] {
    return this.#entries.page(this.#above, asc, offset, limit);
  }

  #late(asc: boolean, offset: number, limit: number): LogEntry[] {
    const size = Math.min(limit, Math.max(0, this.#countLate - offset));
    if (!asc) return this.#entries.lateDesc(this.#mark, this.#below, offset, size);
    return this.#entries.lateDesc(this.#mark, this.#below, this.#countLate - offset - size, size).reverse();
  }
}

export function countAbove(entries: LogEntries, top: LogPosition): number {
  return entries.count({ after: top, upTo: END, types: ALL_TYPES });
}

/**
 * `size` entries from `offset` on of both lists together. At most `waiting.length` of those before them are
 * not filed, so that the filed ones need not be read from the beginning.
 */
function merged(filed: Filed, waiting: LogEntry[], asc: boolean, offset: number, size: number): LogEntry[] {
  if (size === 0) return [];
  const compare = asc ? comparePositions : (a: LogPosition, b: LogPosition): number => comparePositions(b, a);
  const sorted = [...waiting].sort(compare);
  const begin = Math.max(0, offset - sorted.length);
  const window = filed.rows(asc, begin, size + sorted.length);
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
