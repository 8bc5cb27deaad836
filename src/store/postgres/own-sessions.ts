import { codeOf } from './failure.js';
import type { Line } from './line.js';
import type { Pool } from './pool.js';

/** A pool that hands its connections round shows another one by then, or the same to two of ours. */
const ROUNDS = 4;
const WHO = 'SELECT pg_backend_pid() AS pid';
/** A prepared statement that is not there, or is already: it was prepared on another connection. */
const LOST_STATEMENTS = new Set(['26000', '42P05']);

/** Between us and the database stands a pool that gives a connection away after each transaction. */
export class NoOwnSessions extends Error {
  override readonly name = 'NoOwnSessions';

  constructor(cause?: unknown) {
    super(
      'a connection to the database is no session of its own: a pool such as PgBouncer, in the mode transaction or ' +
        'statement, gives it to others in between, and LISTEN, advisory locks and prepared statements get lost. Set ' +
        "pool_mode = session for Latchhook's database there, or name PostgreSQL itself in LATCHHOOK_DATABASE_URL",
      { cause },
    );
  }
}

/** Asks two connections by turns which process of the server serves them. Throws `NoOwnSessions`. */
export function requireOwnSessions(pool: Pool): Promise<void> {
  return pool.use((one) => pool.use((other) => compare(one, other)));
}

async function compare(one: Line, other: Line): Promise<void> {
  const ones = new Set<number>();
  const others = new Set<number>();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      ones.add(await pidOf(one));
      others.add(await pidOf(other));
    }
  } catch (error) {
    throw LOST_STATEMENTS.has(codeOf(error) ?? '') ? new NoOwnSessions(error) : error;
  }
  if (ones.size > 1 || others.size > 1 || [...ones].some((pid) => others.has(pid))) throw new NoOwnSessions();
}

async function pidOf(line: Line): Promise<number> {
  const [row] = await line.run<{ pid: number }>(WHO);
  return row?.pid ?? 0;
}
