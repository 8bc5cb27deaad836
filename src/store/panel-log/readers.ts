import type { LogMark, LogPosition, LogStep } from '../../domain/log-mark.js';
import { withMark, withStep } from '../../domain/log-mark.js';
import { type Asking, ask } from '../asking.js';
import { askOne, type Rows } from '../listing/dialect.js';
import { ALL_TYPES, BEGIN, LogEntries, steps, uncoveredBy } from './entries.js';
import { countAbove, logFiled } from './pages.js';

export const READ_LOG_READER = 'SELECT listed, cleared, hidden FROM log_reader WHERE account = @account';
const WRITE_LISTED = `
  INSERT INTO log_reader (account, listed, cleared, hidden) VALUES (@account, @listed, '[]', 0)
  ON CONFLICT (account) DO UPDATE SET listed = excluded.listed`;
const WRITE_CLEARED = `
  INSERT INTO log_reader (account, listed, cleared, hidden) VALUES (@account, '[]', @cleared, @hidden)
  ON CONFLICT (account) DO UPDATE SET listed = '[]', cleared = excluded.cleared, hidden = excluded.hidden`;
const BETWEEN = '(created_at, %) > (@afterAt, @afterId) AND (created_at, %) <= (@topAt, @topId)';
const NEWER_AMONG_ENTRIES = `
  SELECT count(*) AS count FROM log_entry WHERE ${BETWEEN.replaceAll('%', 'event_id')} AND ${uncoveredBy('mark')}`;
/** What no step covers was accepted after the top was listed. */
const NEWER_AMONG_EVENTS = `
  SELECT count(*) AS count FROM event
  WHERE id > @acceptedAfter AND id <= @filed AND test = 0 AND ${BETWEEN.replaceAll('%', 'id')}
    AND ${uncoveredBy('mark', 'id')}`;
const STILL_LATE = `
  SELECT count(*) AS count FROM (
    SELECT created_at, event_id FROM log_entry
    WHERE (created_at, event_id) <= (@topAt, @topId) AND ${uncoveredBy('old')}
    ORDER BY created_at DESC, event_id DESC LIMIT @late
  ) late WHERE ${uncoveredBy('mark')}`;

/** How far an account has read the log. */
export interface LogPlace {
  /** Since it cleared last. */
  listed: LogMark;
  cleared: LogMark;
  /** How many filed entries are cleared. */
  hidden: number;
}

interface ReaderRow {
  listed: string;
  cleared: string;
  hidden: number;
}

/** @param alone what the statement ends with where the row is to be changed by nobody else meanwhile */
export function* readPlace(rows: Rows, account: string, alone = ''): Asking<LogPlace> {
  const row = yield* askOne<ReaderRow>(rows, READ_LOG_READER + alone, { account });
  return {
    listed: readMark(row?.listed),
    cleared: readMark(row?.cleared),
    hidden: row?.hidden ?? 0,
  };
}

/** Whether it says anything new: most polls do not, and are no reason to write. */
export function isNews(place: LogPlace, step: LogStep): boolean {
  return withStep(place.listed, step) !== place.listed;
}

/** Adds to what the account was shown since it cleared last; used within a write transaction. */
export function* writeListed(rows: Rows, account: string, place: LogPlace, mark: LogMark): Asking<void> {
  const listed = writeMark(withMark(place.listed, mark));
  yield* ask(rows.all(WRITE_LISTED, { account, listed }));
}

/**
 * The account has behind it what it was shown. Everything up to the horizons of its marks must be filed; used
 * within a write transaction.
 */
export function* writeCleared(rows: Rows, account: string, place: LogPlace): Asking<void> {
  const { cleared: before, hidden } = place;
  const mark = withMark(before, place.listed);
  const [top] = mark;
  if (!top) return;
  const entries = new LogEntries(rows);
  const newly =
    (yield* coveredAbove(rows, entries, before[0] ?? BEGIN, mark, top)) +
    (yield* coveredLate(rows, entries, before, hidden, mark));
  const bound = { account, cleared: writeMark(mark), hidden: hidden + newly };
  yield* ask(rows.all(WRITE_CLEARED, bound));
}

/** Covered entries between the old top and the new one. */
function* coveredAbove(
  rows: Rows,
  entries: LogEntries,
  after: LogPosition,
  mark: LogMark,
  top: LogStep,
): Asking<number> {
  const all = yield* entries.count({ after, upTo: top, types: ALL_TYPES });
  if (all === 0) return 0;
  const filed = yield* logFiled(rows);
  const binding = {
    afterAt: after.createdAt,
    afterId: after.eventId,
    topAt: top.createdAt,
    topId: top.eventId,
    ...steps(mark),
  };
  const uncovered =
    filed - top.horizon < all
      ? yield* askOne<Counted>(rows, NEWER_AMONG_EVENTS, { ...binding, acceptedAfter: top.horizon, filed })
      : yield* askOne<Counted>(rows, NEWER_AMONG_ENTRIES, binding);
  return all - (uncovered?.count ?? 0);
}

/** Entries below the old top that it did not cover, and that are covered now. */
function* coveredLate(
  rows: Rows,
  entries: LogEntries,
  before: LogMark,
  hidden: number,
  mark: LogMark,
): Asking<number> {
  const [top] = before;
  if (!top) return 0;
  const late = (yield* entries.total(ALL_TYPES)) - hidden - (yield* countAbove(entries, top));
  if (late === 0) return 0;
  const bounds = { topAt: top.createdAt, topId: top.eventId, late };
  const binding = { ...bounds, ...steps(before, 'old'), ...steps(mark) };
  return late - ((yield* askOne<Counted>(rows, STILL_LATE, binding))?.count ?? 0);
}

type Counted = { count: number };

export function readMark(text: string | undefined): LogMark {
  const rows = JSON.parse(text ?? '[]') as [createdAt: number, eventId: number, horizon: number][];
  return rows.map(([createdAt, eventId, horizon]) => ({ createdAt, eventId, horizon }));
}

function writeMark(mark: LogMark): string {
  return JSON.stringify(mark.map(({ createdAt, eventId, horizon }) => [createdAt, eventId, horizon]));
}
