import { isCovered } from '../../domain/log-mark.js';
import { type Asking, ask } from '../asking.js';
import { askAll, type Rows } from '../listing/dialect.js';
import { logFiled } from '../panel-log/pages.js';
import { readMark } from '../panel-log/readers.js';
import { HOUR_MS, SPAN } from '../statistics.js';
import type { Cut } from './cut-rows.js';

const uncount = (span: number, start: string, from: string) => `
  INSERT INTO log_count (span, start, event_type, count)
  SELECT ${span}, ${start}, event_type, -count(*) FROM event WHERE ${from} GROUP BY 2, 3
  ON CONFLICT (span, start, event_type) DO UPDATE SET count = log_count.count + excluded.count`;
const READERS = `SELECT account, cleared FROM log_reader WHERE hidden > 0`;
const UNHIDE = 'UPDATE log_reader SET hidden = hidden - @count WHERE account = @account';

/**
 * Takes what goes out of the log: its entries, their counts, and how many of them each account has behind it. What is
 * not filed yet is in none of these.
 * @param waiting what a statement ends with so that nobody else changes its rows
 */
export function* uncountInLog(rows: Rows, { events, bound }: Cut, waiting: string): Asking<void> {
  const filed = yield* logFiled(rows);
  const entries = events.filter(({ id, test }) => id <= filed && test === 0);
  if (entries.length === 0) return;
  const { within } = rows.dialect;
  const { lo = 0, hi = 0 } = bound;
  const here = { ids: entries.map(({ id }) => id), lo, hi };
  const from = `id BETWEEN @lo AND @hi AND ${within('id', 'ids')}`;
  yield* ask(rows.all(uncount(SPAN.hour, `created_at - created_at % ${HOUR_MS}`, from), here));
  yield* ask(rows.all(uncount(SPAN.total, '0', from), here));
  const hours = [...new Set(entries.map(({ created_at: at }) => at - (at % HOUR_MS)))];
  const empty = `DELETE FROM log_count WHERE span = ${SPAN.hour} AND ${within('start', 'hours')} AND count = 0`;
  yield* ask(rows.all(empty, { hours }));
  yield* ask(
    rows.all(
      `DELETE FROM log_entry WHERE (created_at, event_id) IN (SELECT created_at, id FROM event WHERE ${from})`,
      here,
    ),
  );
  for (const { account, cleared } of yield* askAll<{ account: string; cleared: string }>(
    rows,
    READERS + waiting,
  )) {
    const mark = readMark(cleared);
    const count = entries.filter(({ id, created_at: at }) =>
      isCovered(mark, { eventId: id, createdAt: at }),
    ).length;
    if (count > 0) yield* ask(rows.all(UNHIDE, { account, count }));
  }
}
