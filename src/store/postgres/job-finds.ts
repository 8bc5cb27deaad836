import { inTime } from '../asking.js';
import { JobRows } from '../listing/job-rows.js';
import type { JobSpec } from '../store.js';
import type { Reader } from './reader.js';
import { LineRows } from './rows.js';

const LAST = {
  deliveries: 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM delivery_uid_seq',
  events: 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM event_id_seq',
};

/** Uids counted in one snapshot. */
const SLICE = 1_048_576;

/** What a job is to pass, by the connections of the lists. */
export class JobFinds {
  readonly #reader: Reader;
  readonly #levels: readonly number[];

  constructor(reader: Reader, levels: readonly number[]) {
    this.#reader = reader;
    this.#levels = levels;
  }

  /** The greatest uid that a job which begins now may meet. */
  async last(mode: JobSpec['mode']): Promise<number> {
    const [row] = await this.#reader.read((line) => line.run<{ last: number }>(LAST[mode]));
    return row?.last ?? 0;
  }

  async count(spec: JobSpec, last: number): Promise<number> {
    let count = 0;
    for (let lo = 1; lo <= last; lo += SLICE) {
      const hi = Math.min(last, lo + SLICE - 1);
      count += await this.#read((rows) => inTime(rows.count(spec, lo, hi)));
    }
    return count;
  }

  /** The next behind `passed`, in the order of uids. */
  next(spec: JobSpec, passed: number, last: number, limit: number): Promise<number[]> {
    return this.#read((rows) => inTime(rows.first(spec, passed + 1, last, limit)));
  }

  #read<Result>(work: (rows: JobRows) => Promise<Result>): Promise<Result> {
    return this.#reader.snapshot((line) => work(new JobRows(new LineRows(line, this.#levels))));
  }
}
