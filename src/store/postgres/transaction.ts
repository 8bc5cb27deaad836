import { type BlockSpan, type StateMove, Tally } from '../statistics.js';
import { StoreUnavailable } from '../store.js';
import { type Window, WindowChange } from '../window.js';
import { isBeyondPartitions, isCollision, isLost } from './failure.js';
import type { Line, Rows, Value } from './line.js';
import { numbers } from './literal.js';
import { LOCK, lockAlone } from './locks.js';
import { NewsToTell } from './news-to-tell.js';
import { addPartitionsAhead } from './partitions.js';
import type { Pool } from './pool.js';
import { Strays } from './strays.js';
import { Subscriptions } from './subscriptions.js';

/** By the store's clock; see `Sessions`. */
export const DEAD_AFTER_MS = 15_000;

/** Connections that write at the same time, over all pools, at most; slots of counts are this far apart. */
const LINES = 64;

/** Of transactions that another one was in the way of. */
const MOST_TRIES = 5;

/** A session of this process, living or not. */
export interface OwnSession {
  id: number;
  slot: number;
  window: Window;
}

/**
 * The transaction gets its id before anything else: whoever takes a uid after this is seen by
 * `pg_snapshot_xmin` until it has ended, so that "nobody can still write below this uid" can be known.
 *
 * The lock is shared by all that accept. What changes the rules of accepting takes it alone: when it goes on,
 * everything that was accepted by the old rules is there to be seen, and nothing follows.
 */
const BEGIN_SHARED = `SELECT pg_current_xact_id(), pg_advisory_xact_lock_shared(${LOCK.space}, ${LOCK.acceptance})`;
const BEGIN_PLAIN = 'SELECT pg_current_xact_id()';
const BEGIN_ALONE = lockAlone(LOCK.acceptance);

const CONTEXT = `
  SELECT t.now, g.value AS generation, b.value AS below,
    coalesce((SELECT string_agg(id::text, ',') FROM session WHERE heartbeat_at > t.now - ${DEAD_AFTER_MS}), '')
      AS living
  FROM latchhook_now() AS t (now), counter g, counter b
  WHERE g.name = 'generation' AND b.name = 'deliveries to blocks'`;

const ADD_STATISTICS = `
  INSERT INTO stat (span, start, webhook_uid, event_type, state, bucket, slot, count)
  SELECT span, start, webhook_uid, event_type, state, bucket, $8::bigint, count
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
    AS s (span, start, webhook_uid, event_type, state, bucket, count)
  ON CONFLICT (span, start, webhook_uid, event_type, state, bucket, slot)
    DO UPDATE SET count = stat.count + excluded.count`;

interface ContextRow {
  now: number;
  generation: number;
  below: number;
  living: string;
}

/** What a transaction works with, and what is written or undone when it ends. */
export class Transaction {
  readonly line: Line;
  readonly subscriptions: Subscriptions;
  readonly tally: Tally;
  /** For `afterwards`. */
  readonly news: NewsToTell;
  /** Whose rows its counts are: nobody else writes them at the same time. */
  readonly slot: number;
  readonly #sessions: ReadonlyMap<number, OwnSession>;
  readonly #changes = new Map<number, WindowChange>();
  readonly #after: (() => void)[] = [];
  readonly #written: Promise<unknown>[] = [];
  #failure: unknown = null;
  #context: { now: number; below: number; living: ReadonlySet<number> } | null = null;

  constructor(parts: {
    line: Line;
    subscriptions: Subscriptions;
    news: NewsToTell;
    sessions: ReadonlyMap<number, OwnSession>;
    blockSize: number;
    slot: number;
  }) {
    this.line = parts.line;
    this.subscriptions = parts.subscriptions;
    this.news = parts.news;
    this.slot = parts.slot;
    this.#sessions = parts.sessions;
    this.tally = new Tally((): BlockSpan => ({ below: this.#known().below, size: parts.blockSize }));
  }

  /** ms, the store's clock; one instant for all that is written. */
  get now(): number {
    return this.#known().now;
  }

  /** Ids of living sessions, also of other nodes. */
  get living(): ReadonlySet<number> {
    return this.#known().living;
  }

  run<Row extends object>(statement: string, values: readonly Value[] = []): Promise<Rows<Row>> {
    return this.line.run<Row>(statement, values);
  }

  /** Sends what is answered by nothing but the commit, which waits for it: no way to the database and back. */
  write(statement: string, values: readonly Value[] = []): void {
    const written = this.run(statement, values);
    this.#written.push(written);
    written.catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  /** Resolves when all that was written is there. */
  async written(): Promise<void> {
    await Promise.all(this.#written);
  }

  /** Why a write failed; null while none did. What is sent behind one fails only because of it. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The session's window; null when the session has ended, or was found dead. */
  window(sessionId: number): WindowChange | null {
    const change = this.#changes.get(sessionId);
    if (change) return change;
    const session = this.#sessions.get(sessionId);
    if (!session || !this.living.has(sessionId)) return null;
    const fresh = new WindowChange(session.window);
    this.#changes.set(sessionId, fresh);
    return fresh;
  }

  /** After the commit, and only then. */
  afterwards(act: () => void): void {
    this.#after.push(act);
  }

  /** Reads clock, sessions and what changed of the webhooks. What is sent before it is answered before it. */
  async begin(): Promise<void> {
    const [row] = await this.run<ContextRow>(CONTEXT);
    if (!row) throw new Error('the store has no generation');
    const living = new Set(row.living === '' ? [] : row.living.split(',').map(Number));
    this.#context = { now: row.now, below: row.below, living };
    await this.subscriptions.refresh(this.line, row.generation);
  }

  committed(): void {
    for (const act of this.#after) act();
  }

  undo(): void {
    for (const change of this.#changes.values()) change.undo();
  }

  #known() {
    if (!this.#context) throw new Error('the transaction has not begun');
    return this.#context;
  }
}

export interface TransactionOptions {
  /** `shared` for what accepts, `alone` for what changes the rules by which is accepted; default: neither. */
  acceptance?: 'shared' | 'alone';
  /** Longer than usual, ms. */
  deadlineMs?: number;
}

/** Follows changes of states in the blocks of the lists, within the transaction that made them. */
export type WriteMoves = (tx: Transaction, moves: readonly StateMove[]) => void;

export class Writer {
  readonly subscriptions = new Subscriptions();
  /** Of this process. */
  readonly sessions = new Map<number, OwnSession>();
  readonly news = new NewsToTell();
  readonly strays = new Strays();
  readonly #pool: Pool;
  readonly #blockSize: number;
  readonly #writeMoves: WriteMoves;

  constructor(pool: Pool, blocks: { size: number; writeMoves: WriteMoves }) {
    this.#pool = pool;
    this.#blockSize = blocks.size;
    this.#writeMoves = blocks.writeMoves;
  }

  /**
   * All or nothing, in the database as in memory. `work` runs again, with a new `Transaction`, when another
   * transaction was in its way. Rejects with `StoreUnavailable` and what `work` rejects with.
   */
  transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    return this.pipelined(async (tx) => {
      await tx.begin();
      return work(tx);
    }, options);
  }

  /** As `transaction`, but `work` begins it itself, and may send statements before, without waiting for them. */
  async pipelined<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#pool.use((line) => this.#once(line, work, options), options.deadlineMs);
      } catch (error) {
        const cause = error instanceof StoreUnavailable ? error.cause : error;
        if (tried >= MOST_TRIES) throw error;
        if (isBeyondPartitions(cause)) await this.makeRoom();
        else if (!isCollision(cause)) throw error;
      }
    }
  }

  /** Adds the partitions that will be needed, outside of any transaction. */
  makeRoom(): Promise<void> {
    return this.#pool.use(addPartitionsAhead);
  }

  async #once<Result>(
    line: Line,
    work: (tx: Transaction) => Promise<Result>,
    { acceptance }: TransactionOptions,
  ): Promise<Result> {
    const [session] = this.sessions.values();
    const { subscriptions, sessions, news } = this;
    const slot = (session?.slot ?? 0) * LINES + line.index + 1;
    const tx = new Transaction({ line, subscriptions, sessions, news, blockSize: this.#blockSize, slot });
    let committing = false;
    const beginning = [line.run('BEGIN'), line.run(acceptance === 'shared' ? BEGIN_SHARED : BEGIN_PLAIN)];
    if (acceptance === 'alone') beginning.push(line.run(BEGIN_ALONE));
    try {
      const result = await work(tx);
      await Promise.all(beginning);
      this.#writeStatistics(tx);
      const moves = tx.tally.moves();
      if (moves.length > 0) this.#writeMoves(tx, moves);
      committing = true;
      const [commit] = await Promise.all([line.run('COMMIT'), tx.written()]);
      if (commit.command !== 'COMMIT') throw new Error('the transaction was rolled back before its end');
      tx.committed();
      return result;
    } catch (caught) {
      const error = tx.failure ?? caught;
      tx.undo();
      if (line.lost === null) await line.run('ROLLBACK').catch((lost: unknown) => line.destroy(lost));
      if (committing && (isLost(error) || error === line.lost)) {
        this.strays.doubt();
        throw new StoreUnavailable("the commit's answer was lost", { cause: error, inDoubt: true });
      }
      throw error;
    }
  }

  #writeStatistics(tx: Transaction): void {
    const entries = tx.tally.entries();
    if (entries.length === 0) return;
    const column = (read: (entry: (typeof entries)[number]) => number) => numbers(entries.map(read));
    tx.write(ADD_STATISTICS, [
      column(({ key }) => key.span),
      column(({ key }) => key.start),
      column(({ key }) => key.webhookUid),
      column(({ key }) => key.eventType),
      column(({ key }) => key.state),
      column(({ key }) => key.bucket),
      column(({ delta }) => delta),
      tx.slot,
    ]);
  }
}
