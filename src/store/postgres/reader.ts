import type { Line } from './line.js';
import type { Pool } from './pool.js';

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** The connections of listings and gets: they wait for no writer, and no writer waits for them. */
export class Reader {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** For one statement. */
  read<Result>(work: (line: Line) => Promise<Result>): Promise<Result> {
    return this.#pool.use(work);
  }

  /** For several statements that must agree with each other. */
  snapshot<Result>(work: (line: Line) => Promise<Result>): Promise<Result> {
    return this.#pool.use(async (line) => {
      const begun = line.run(BEGIN);
      try {
        const result = await work(line);
        await begun;
        return result;
      } finally {
        if (line.lost === null) await line.run('COMMIT').catch((lost: unknown) => line.destroy(lost));
      }
    });
  }
}
