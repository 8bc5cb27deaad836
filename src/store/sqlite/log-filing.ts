import { HOUR_MS, SPAN } from '../statistics.js';
import type { Connection } from './connection.js';

/** Fewer wait: a list reads them in a tenth of a millisecond, and a transaction for each would wear the disk. */
const WORTH_FILING = 64;

export const READ_FILED = "SELECT value FROM meta WHERE name = 'log filed'";
const SET_FILED = "UPDATE meta SET value = ? WHERE name = 'log filed'";
const NEXT = `
  SELECT count(*) AS count, max(id) AS last FROM (SELECT id FROM event WHERE id > ? ORDER BY id LIMIT ?)`;
/** Sorted: neighbours go into the same page. */
export const LOG_FILE = `
  INSERT INTO log_entry (created_at, event_id, event_type)
  SELECT created_at, id, event_type FROM event
  WHERE id > @filed AND id <= @last AND +test = 0 ORDER BY created_at, id`;
const count = (span: number, start: string) => `
  INSERT INTO log_count (span, start, event_type, count)
  SELECT ${span}, ${start}, event_type, count(*) FROM event
  WHERE id > @filed AND id <= @last AND +test = 0 GROUP BY 2, 3
  ON CONFLICT DO UPDATE SET count = count + excluded.count`;
const COUNT_HOURS = count(SPAN.hour, `created_at - created_at % ${HOUR_MS}`);
const COUNT_ALL = count(SPAN.total, '0');

type Range = [{ filed: number; last: number }];

/** Files accepted events under the time at which they happened; `file` is used within a write transaction only. */
export class LogFiling {
  readonly #readFiled;
  readonly #setFiled;
  readonly #next;
  readonly #statements;

  constructor(database: Connection) {
    this.#readFiled = database.prepare<[], { value: number }>(READ_FILED);
    this.#setFiled = database.prepare<[number]>(SET_FILED);
    this.#next = database.prepare<[number, number], { count: number; last: number | null }>(NEXT);
    this.#statements = [LOG_FILE, COUNT_HOURS, COUNT_ALL].map((sql) => database.prepare<Range>(sql));
  }

  /** Whether enough events wait. */
  worthwhile(): boolean {
    return this.#next.get(this.#filed(), WORTH_FILING)?.count === WORTH_FILING;
  }

  /** Files up to `limit` events; answers how many were taken. */
  file(limit: number): number {
    const filed = this.#filed();
    const next = this.#next.get(filed, limit);
    if (!next || next.last === null) return 0;
    for (const statement of this.#statements) statement.run({ filed, last: next.last });
    this.#setFiled.run(next.last);
    return next.count;
  }

  #filed(): number {
    return this.#readFiled.get()?.value ?? 0;
  }
}
