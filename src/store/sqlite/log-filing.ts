import { HOUR_MS, SPAN } from '../statistics.js';
import type { Connection } from './connection.js';

/** Fewer wait: a list reads them in a tenth of a millisecond, and a transaction for each would wear the disk. */
const WORTH_FILING = 64;

export const READ_FILED = "SELECT value FROM meta WHERE name = 'log filed'";
const SET_FILED = "UPDATE meta SET value = ? WHERE name = 'log filed'";
const WAITING = 'SELECT count(*) AS count FROM (SELECT 1 FROM event WHERE id > ? LIMIT ?)';
const NEXT = 'SELECT id, event_type, created_at, test FROM event WHERE id > ? ORDER BY id LIMIT ?';
const INSERT = 'INSERT INTO log_entry (created_at, event_id, event_type) VALUES (?, ?, ?)';
const ADD = `
  INSERT INTO log_count (span, start, event_type, count) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count`;

interface EventRow {
  id: number;
  event_type: number;
  created_at: number;
  test: number;
}

/** Files accepted events under the time at which they happened; used within a write transaction only. */
export class LogFiling {
  readonly #readFiled;
  readonly #setFiled;
  readonly #waiting;
  readonly #next;
  readonly #insert;
  readonly #add;

  constructor(database: Connection) {
    this.#readFiled = database.prepare<[], { value: number }>(READ_FILED);
    this.#setFiled = database.prepare<[number]>(SET_FILED);
    this.#waiting = database.prepare<[number, number], { count: number }>(WAITING);
    this.#next = database.prepare<[number, number], EventRow>(NEXT);
    this.#insert = database.prepare<[number, number, number]>(INSERT);
    this.#add = database.prepare<[number, number, number, number]>(ADD);
  }

  /** Whether enough events wait; needs no transaction. */
  worthwhile(): boolean {
    return (this.#waiting.get(this.#filed(), WORTH_FILING)?.count ?? 0) === WORTH_FILING;
  }

  /** Files up to `limit` events; answers how many were taken. */
  file(limit: number): number {
    const rows = this.#next.all(this.#filed(), limit);
    const last = rows.at(-1);
    if (!last) return 0;
    const entries = rows.filter(({ test }) => test === 0);
    // Neighbours go into the same page.
    entries.sort((a, b) => a.created_at - b.created_at || a.id - b.id);
    for (const { created_at, id, event_type } of entries) this.#insert.run(created_at, id, event_type);
    this.#count(entries);
    this.#setFiled.run(last.id);
    return rows.length;
  }

  #filed(): number {
    return this.#readFiled.get()?.value ?? 0;
  }

  #count(entries: readonly EventRow[]): void {
    const counts = new Map<string, [span: number, start: number, eventType: number, count: number]>();
    for (const { created_at: at, event_type: type } of entries) {
      for (const [span, start] of [
        [SPAN.total, 0],
        [SPAN.hour, at - (at % HOUR_MS)],
      ] as const) {
        const key = `${span}:${start}:${type}`;
        const row = counts.get(key);
        if (row) row[3] += 1;
        else counts.set(key, [span, start, type, 1]);
      }
    }
    for (const row of counts.values()) this.#add.run(...row);
  }
}
