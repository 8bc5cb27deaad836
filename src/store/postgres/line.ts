import postgres from 'postgres';
import type { Clock } from '../../clock.js';
import { StoreUnavailable } from '../store.js';
import { isLost } from './failure.js';
import { fromStored, toStored } from './literal.js';
import type { Server } from './server.js';

export type Value = string | number | null;

/** The rows of one statement, and how many rows it changed. */
export type Rows<Row> = Row[] & { count: number; command: string };

/** A server that hides behind a firewall takes no longer to be given up. */
const CONNECT_SECONDS = 3;

/** What is set on every connection, once it is there: a pool before the database may know none of them. */
const SESSION = {
  // The server ends what the client has given up, and a node that froze within a transaction holds no lock
  // for longer than this.
  statement_timeout: 9_000,
  idle_in_transaction_session_timeout: 5_000,
  // Compiling costs more than any of these statements.
  jit: 'off',
};
const OPENING = `SELECT pg_is_in_recovery() AS standby, ${Object.entries(SESSION)
  .map(([name, value]) => `set_config('${name}', '${value}', false)`)
  .join(', ')}`;

/**
 * A test's clock moves within one turn of its own program, and what is sent after that goes by the new time: so
 * the time travels with the statements. `latchhook_now()` has a body that reads it in databases of tests alone.
 */
const TELL_TIME = "SELECT set_config('latchhook.now', $1, false)";

/** Beyond 2^53−1 a number would change silently. */
function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`the database holds ${text}, which is no safe integer`);
  return value;
}

/**
 * One connection. It is a client of the driver with room for one, since the driver's own pool connects again
 * by itself: half of a transaction would then run outside of it. A line that lost its connection is of no use
 * any more; whatever is sent on it fails.
 *
 * Statements may be sent without waiting for the answers before them; they are answered in order.
 */
export class Line {
  /** Its place in its pool. */
  readonly index: number;
  readonly #sql;
  readonly #clock: Clock | null;
  #told: number | null = null;
  #lost: unknown = null;

  private constructor(server: Server, host: string, index: number) {
    this.index = index;
    this.#clock = server.clock;
    const options = {
      // Known to the driver, and not to its types.
      max_pipeline: 10_000,
    };
    this.#sql = postgres({
      ...options,
      ...server.placeOf(host),
      max: 1,
      max_lifetime: null,
      idle_timeout: 0,
      connect_timeout: CONNECT_SECONDS,
      keep_alive: 10,
      fetch_types: false,
      onnotice: () => {},
      onclose: () => this.destroy(new StoreUnavailable('the connection to the database was closed')),
      connection: { application_name: 'latchhook', ...server.parameters },
      types: {
        bigint: { to: 20, from: [20], serialize: String, parse: toNumber },
        text: { to: 25, from: [25, 1043], serialize: toStored, parse: fromStored },
      },
    });
  }

  /** Connects to the first host, in the server's order, that answers as a primary. Throws the last reason. */
  static async open(server: Server, index: number): Promise<Line> {
    let reason: unknown = null;
    for (const host of server.hosts()) {
      const line = new Line(server, host, index);
      try {
        const [answer] = await line.run<{ standby: boolean }>(OPENING);
        if (answer?.standby !== false) throw new StoreUnavailable(`${host} is a standby`);
        server.answered(host);
        return line;
      } catch (error) {
        reason = error;
        line.destroy(error);
      }
    }
    throw reason;
  }

  /** What ended it; null while it works. */
  get lost(): unknown {
    return this.#lost;
  }

  /** A prepared statement: its text is kept by the server, so it must be one of few. */
  run<Row extends object>(statement: string, values: readonly Value[] = []): Promise<Rows<Row>> {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    if (this.#clock !== null) this.#tellTime(statement, this.#clock.now());
    return this.#send<Row>(statement, values);
  }

  /** Several statements without values, for migrations. */
  script(text: string): Promise<void> {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    return this.#watched(this.#sql.unsafe(text).then(() => undefined));
  }

  /** All of `work`, or nothing; a line that cannot even be rolled back is ended. Rejects with what `work` rejects with. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.run('BEGIN');
    try {
      const result = await work();
      await this.run('COMMIT');
      return result;
    } catch (error) {
      if (this.#lost === null) await this.run('ROLLBACK').catch((lost: unknown) => this.destroy(lost));
      throw error;
    }
  }

  #send<Row extends object>(statement: string, values: readonly Value[]): Promise<Rows<Row>> {
    const query = this.#sql.unsafe<Row[]>(statement, [...values], { prepare: true, simple: false } as object);
    return this.#watched(query.then((rows) => rows as unknown as Rows<Row>));
  }

  /** What was set within a transaction may be undone with it. */
  #tellTime(statement: string, now: number): void {
    if (statement === 'COMMIT' || statement === 'ROLLBACK') this.#told = null;
    else if (this.#told !== now) {
      this.#told = now;
      void this.#send(TELL_TIME, [String(now)]);
    }
  }

  /** Ends the connection at once; what is under way on it fails, and nothing is sent on it again. */
  destroy(reason: unknown): void {
    if (this.#lost !== null) return;
    this.#lost = reason ?? new StoreUnavailable('the connection to the database was closed');
    void this.#sql.end({ timeout: 0 });
  }

  async close(): Promise<void> {
    if (this.#lost !== null) return;
    this.#lost = new StoreUnavailable('the store is closed');
    await this.#sql.end({ timeout: 5 });
  }

  /** A failure that nobody waits for yet is no crash: whoever sent it waits for the transaction's end. */
  #watched<Result>(answer: Promise<Result>): Promise<Result> {
    const watched = answer.catch((error: unknown) => {
      if (isLost(error)) this.destroy(error);
      throw error;
    });
    watched.catch(() => {});
    return watched;
  }
}
