import { setImmediate as nextTurn } from 'node:timers/promises';
import { atOnce } from '../asking.js';
import { JobRows } from '../listing/job-rows.js';
import type { JobSpec } from '../store.js';
import { Statements } from './listing-statements.js';
import type { Reader } from './reader.js';

const LAST = 'SELECT seq FROM sqlite_sequence WHERE name = ?';

/** Uids counted in one turn of the event loop: 10 to 20 ms where every row has to be read. */
const SLICE = 65_536;

/** What a job is to pass, by the read connection. */
export class JobFinds {
  readonly #reader: Reader;
  readonly #rows: JobRows;
  readonly #last;

  constructor(reader: Reader, levels: readonly number[]) {
    this.#reader = reader;
    this.#rows = new JobRows(new Statements(reader.database, levels));
    this.#last = reader.database.prepare<[string], { seq: number }>(LAST);
  }

  /** The greatest uid that a job which begins now may meet. */
  last(mode: JobSpec['mode']): number {
    const table = mode === 'events' ? 'event' : 'delivery';
    return this.#reader.read(() => this.#last.get(table)?.seq ?? 0);
  }

  /** Slice by slice, one in a turn of the event loop. */
  async count(spec: JobSpec, last: number): Promise<number> {
    let count = 0;
    for (let lo = 1; lo <= last; lo += SLICE) {
      const hi = Math.min(last, lo + SLICE - 1);
      count += this.#reader.snapshot(() => atOnce(this.#rows.count(spec, lo, hi)));
      await nextTurn();
    }
    return count;
  }

  /** The next behind `passed`, in the order of uids. */
  next(spec: JobSpec, passed: number, last: number, limit: number): number[] {
    return this.#reader.snapshot(() => atOnce(this.#rows.first(spec, passed + 1, last, limit)));
  }
}
