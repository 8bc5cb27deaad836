import type { Clock } from '../../clock.js';
import { type BlockSpan, Tally } from '../statistics.js';
import { StoreUnavailable } from '../store.js';
import { type Window, WindowChange } from '../window.js';
import { type Connection, translated } from './connection.js';
import type { ListBlocks } from './listing-blocks.js';
import { type Subscription, Subscriptions } from './subscriptions.js';

/** A living session of this process. */
export interface LivingSession {
  id: number;
  slot: number;
  window: Window;
}

type LaneMarks = Pick<Subscription, 'placedTo' | 'unplaced' | 'sweptTo' | 'unswept'>;

/** What a transaction works with, and what is written or undone when it ends. */
export class Transaction {
  /** ms, wall clock; one instant for all that is written. */
  readonly now: number;
  readonly subscriptions: Subscriptions;
  readonly tally: Tally;
  readonly #sessions: ReadonlyMap<number, LivingSession>;
  readonly #changes = new Map<number, WindowChange>();
  readonly #undoing: (() => void)[] = [];

  constructor(
    now: number,
    subscriptions: Subscriptions,
    sessions: ReadonlyMap<number, LivingSession>,
    readBlocks: () => BlockSpan,
  ) {
    this.now = now;
    this.subscriptions = subscriptions;
    this.tally = new Tally(readBlocks);
    this.#sessions = sessions;
  }

  /** The session's window; null when the session has ended. */
  window(sessionId: number): WindowChange | null {
    const change = this.#changes.get(sessionId);
    if (change) return change;
    const session = this.#sessions.get(sessionId);
    if (!session) return null;
    const fresh = new WindowChange(session.window);
    this.#changes.set(sessionId, fresh);
    return fresh;
  }

  /** Sets how far work on a lane has come, in memory: a roll back takes it back, as it does the rows. */
  mark(subscription: Subscription, marks: Partial<LaneMarks>): void {
    const { placedTo, unplaced, sweptTo, unswept } = subscription;
    this.#undoing.push(() => Object.assign(subscription, { placedTo, unplaced, sweptTo, unswept }));
    Object.assign(subscription, marks);
  }

  undo(): void {
    for (const change of this.#changes.values()) change.undo();
    for (const undo of this.#undoing.reverse()) undo();
  }
}

const ADD_STATISTICS = `
  INSERT INTO stat (span, start, webhook_uid, event_type, state, bucket, slot, count)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count`;

/**
 * The one write connection. A transaction lives within one synchronous turn: an `await` inside it would
 * pull another group's statements into it.
 */
export class Writer {
  readonly database: Connection;
  readonly clock: Clock;
  readonly subscriptions: Subscriptions;
  readonly blocks: ListBlocks;
  /** At most one on SQLite: opening a session ends every earlier one. */
  readonly sessions = new Map<number, LivingSession>();
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  readonly #addStatistics;

  constructor(database: Connection, clock: Clock, blocks: ListBlocks) {
    this.database = database;
    this.clock = clock;
    this.blocks = blocks;
    this.subscriptions = new Subscriptions(database);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#addStatistics =
      database.prepare<[number, number, number, number, number, number, number, number]>(ADD_STATISTICS);
  }

  /** All or nothing, in the file as in memory. Throws `StoreUnavailable` and what `work` throws. */
  transaction<Result>(work: (tx: Transaction) => Result): Result {
    if (!this.database.open) throw new StoreUnavailable('the store is closed');
    const tx = new Transaction(this.clock.now(), this.subscriptions, this.sessions, () => this.blocks.span());
    let committing = false;
    const { generation } = this.subscriptions;
    try {
      this.#rollBack();
      this.#begin.run();
      this.subscriptions.refresh();
      const result = work(tx);
      this.#writeStatistics(tx.tally);
      this.blocks.move(tx.tally.moves());
      committing = true;
      this.#commit.run();
      return result;
    } catch (error) {
      tx.undo();
      // Loading ten thousand webhooks takes 30 ms, and on a full disk every member of a group fails by itself.
      if (this.subscriptions.generation !== generation) this.subscriptions.forget();
      try {
        this.#rollBack();
      } catch {
        // The first error says what is wrong; the next transaction begins by trying again.
      }
      throw translated(error, committing);
    }
  }

  /** SQLite has rolled back by itself after some errors, a full disk among them. */
  #rollBack(): void {
    if (this.database.inTransaction) this.#rollback.run();
  }

  #writeStatistics(tally: Tally): void {
    const [session] = this.sessions.values();
    const slot = session?.slot ?? 0;
    for (const { key, delta } of tally.entries()) {
      this.#addStatistics.run(
        key.span,
        key.start,
        key.webhookUid,
        key.eventType,
        key.state,
        key.bucket,
        slot,
        delta,
      );
    }
  }
}
