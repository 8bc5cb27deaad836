import type { LogMark, LogPosition, LogStep } from '../../domain/log-mark.js';
import { withMark, withStep } from '../../domain/log-mark.js';
import type { Connection } from './connection.js';
import { ALL_TYPES, BEGIN, LogEntries, steps, uncoveredBy } from './log-entries.js';
import { countAbove } from './log-page.js';

export const READ_LOG_READER = 'SELECT listed, cleared, hidden FROM log_reader WHERE account = ?';
const WRITE_LISTED = `
  INSERT INTO log_reader (account, listed, cleared, hidden) VALUES (@account, @listed, '[]', 0)
  ON CONFLICT DO UPDATE SET listed = excluded.listed`;
const WRITE_CLEARED = `
  INSERT INTO log_reader (account, listed, cleared, hidden) VALUES (@account, '[]', @cleared, @hidden)
  ON CONFLICT DO UPDATE SET listed = '[]', cleared = excluded.cleared, hidden = excluded.hidden`;
const LAST_EVENT = 'SELECT max(id) AS last FROM event';
const BETWEEN = '(created_at, %) > (@afterAt, @afterId) AND (created_at, %) <= (@topAt, @topId)';
const NEWER_AMONG_ENTRIES = `
  SELECT count(*) AS count FROM log_entry WHERE ${BETWEEN.replaceAll('%', 'event_id')} AND ${uncoveredBy('mark')}`;
/** What no step covers was accepted after the top was listed. */
const NEWER_AMONG_EVENTS = `
  SELECT count(*) AS count FROM event
  WHERE id > @acceptedAfter AND test = 0 AND ${BETWEEN.replaceAll('%', 'id')} AND ${uncoveredBy('mark', 'id')}`;
const STILL_LATE = `
  SELECT count(*) AS count FROM (
    SELECT created_at, event_id FROM log_entry
    WHERE (created_at, event_id) <= (@topAt, @topId) AND ${uncoveredBy('old')}
    ORDER BY created_at DESC, event_id DESC LIMIT @late
  ) WHERE ${uncoveredBy('mark')}`;

export interface ReaderRow {
  listed: string;
  cleared: string;
  hidden: number;
}

type Counted = { count: number };

/** Writes how far accounts have read the log; used within a write transaction only. */
export class LogReaders {
  readonly #entries: LogEntries;
  readonly #read;
  readonly #writeListed;
  readonly #writeCleared;
  readonly #last;
  readonly #newerAmongEntries;
  readonly #newerAmongEvents;
  readonly #stillLate;

  constructor(database: Connection) {
    const count = (sql: string) => database.prepare<[Record<string, number>], Counted>(sql);
    this.#entries = new LogEntries(database);
    this.#read = database.prepare<[string], ReaderRow>(READ_LOG_READER);
    this.#writeListed = database.prepare<[{ account: string; listed: string }]>(WRITE_LISTED);
    this.#writeCleared =
      database.prepare<[{ account: string; cleared: string; hidden: number }]>(WRITE_CLEARED);
    this.#last = database.prepare<[], { last: number | null }>(LAST_EVENT);
    this.#newerAmongEntries = count(NEWER_AMONG_ENTRIES);
    this.#newerAmongEvents = count(NEWER_AMONG_EVENTS);
    this.#stillLate = count(STILL_LATE);
  }

  /** Adds to what the account was shown since it cleared last. */
  listed(account: string, mark: LogMark): void {
    const before = readMark(this.#read.get(account)?.listed);
    this.#writeListed.run({ account, listed: writeMark(withMark(before, mark)) });
  }

  /** The account has behind it what it was shown. Everything must be filed. */
  clear(account: string): void {
    const row = this.#read.get(account);
    const before = readMark(row?.cleared);
    const mark = withMark(before, readMark(row?.listed));
    const [top] = mark;
    if (!top) return;
    const hidden = row?.hidden ?? 0;
    const newly = this.#coveredAbove(before[0] ?? BEGIN, mark, top) + this.#coveredLate(before, hidden, mark);
    this.#writeCleared.run({ account, cleared: writeMark(mark), hidden: hidden + newly });
  }

  /** Covered entries between the old top and the new one. */
  #coveredAbove(after: LogPosition, mark: LogMark, top: LogStep): number {
    const all = this.#entries.count({ after, upTo: top, types: ALL_TYPES });
    if (all === 0) return 0;
    const accepted = (this.#last.get()?.last ?? 0) - top.horizon;
    const bounds = {
      afterAt: after.createdAt,
      afterId: after.eventId,
      topAt: top.createdAt,
      topId: top.eventId,
    };
    const binding = { ...bounds, ...steps(mark) };
    const uncovered =
      accepted < all
        ? this.#newerAmongEvents.get({ ...binding, acceptedAfter: top.horizon })
        : this.#newerAmongEntries.get(binding);
    return all - (uncovered?.count ?? 0);
  }

  /** Entries below the old top that it did not cover, and that are covered now. */
  #coveredLate(before: LogMark, hidden: number, mark: LogMark): number {
    const [top] = before;
    if (!top) return 0;
    const late = this.#entries.total(ALL_TYPES) - hidden - countAbove(this.#entries, top);
    if (late === 0) return 0;
    const bounds = { topAt: top.createdAt, topId: top.eventId, late };
    return late - (this.#stillLate.get({ ...bounds, ...steps(before, 'old'), ...steps(mark) })?.count ?? 0);
  }
}

/** What accounts were shown and what is not yet written of it: a list must not wait for a write. */
export class Shown {
  readonly #marks = new Map<string, LogMark>();

  /** @param written of the account: what says nothing new, as most polls do not, is no reason to write */
  add(account: string, step: LogStep, written: LogMark): void {
    if (withStep(written, step) === written) return;
    this.#marks.set(account, withStep(this.#marks.get(account) ?? [], step));
  }

  get size(): number {
    return this.#marks.size;
  }

  entries(): [account: string, mark: LogMark][] {
    return [...this.#marks];
  }

  /** After it was written. Nothing may have been added since. */
  forget(accounts: readonly string[]): void {
    for (const account of accounts) this.#marks.delete(account);
  }
}

export function readMark(text: string | undefined): LogMark {
  const rows = JSON.parse(text ?? '[]') as [createdAt: number, eventId: number, horizon: number][];
  return rows.map(([createdAt, eventId, horizon]) => ({ createdAt, eventId, horizon }));
}

function writeMark(mark: LogMark): string {
  return JSON.stringify(mark.map(({ createdAt, eventId, horizon }) => [createdAt, eventId, horizon]));
}
