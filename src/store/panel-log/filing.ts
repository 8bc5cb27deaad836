import { type Asking, ask } from '../asking.js';
import { askOne, type Rows } from '../listing/dialect.js';
import { HOUR_MS, SPAN } from '../statistics.js';
import { logFiled } from './pages.js';

/** Fewer wait: a list reads them in a tenth of a millisecond, and a transaction for each would wear the disk. */
const WORTH_FILING = 64;

const NEXT = `
  SELECT count(*) AS count, max(id) AS last
  FROM (SELECT id FROM event WHERE id > @filed AND id <= @through ORDER BY id LIMIT @limit) next`;
/** Sorted: neighbours go into the same page. */
export const LOG_FILE = `
  INSERT INTO log_entry (created_at, event_id, event_type)
  SELECT created_at, id, event_type FROM event
  WHERE id > @filed AND id <= @last AND +test = 0 ORDER BY created_at, id`;
const count = (span: number, start: string) => `
  INSERT INTO log_count (span, start, event_type, count)
  SELECT ${span}, ${start}, event_type, count(*) FROM event
  WHERE id > @filed AND id <= @last AND +test = 0 GROUP BY 2, 3
  ON CONFLICT (span, start, event_type) DO UPDATE SET count = log_count.count + excluded.count`;
const COUNT_HOURS = count(SPAN.hour, `created_at - created_at % ${HOUR_MS}`);
const COUNT_ALL = count(SPAN.total, '0');

/**
 * Whether enough events wait.
 * @param through no event up to this one can still be written
 */
export function* worthFiling(rows: Rows, through: number): Asking<boolean> {
  const filed = yield* logFiled(rows);
  const next = yield* askOne<{ count: number }>(rows, NEXT, { filed, through, limit: WORTH_FILING });
  return next?.count === WORTH_FILING;
}

/**
 * Files up to `limit` events under the time at which they happened; answers how many were taken. Used within a
 * write transaction, and by one at a time.
 * @param through as above
 */
export function* fileEvents(rows: Rows, through: number, limit: number): Asking<number> {
  const filed = yield* logFiled(rows);
  const next = yield* askOne<{ count: number; last: number | null }>(rows, NEXT, { filed, through, limit });
  if (!next || next.last === null) return 0;
  for (const sql of [LOG_FILE, COUNT_HOURS, COUNT_ALL]) yield* ask(rows.all(sql, { filed, last: next.last }));
  const set = `UPDATE ${rows.dialect.counters} SET value = @last WHERE name = 'log filed'`;
  yield* ask(rows.all(set, { last: next.last }));
  return next.count;
}
