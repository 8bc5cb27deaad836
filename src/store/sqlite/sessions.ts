import { dueIn, horizon } from '../due.js';
import type { Heartbeat, Session, SessionLimits } from '../store.js';
import { Window } from '../window.js';
import type { Connection } from './connection.js';
import type { Ordering } from './ordering.js';
import type { Subscription } from './subscriptions.js';
import type { TestDeliveries } from './test-deliveries.js';
import type { Transaction, Writer } from './transaction.js';

const END_ALL = 'DELETE FROM session';
const INSERT_SESSION = 'INSERT INTO session (slot, opened_at, heartbeat_at) VALUES (0, ?, ?)';
const HEARTBEAT = 'UPDATE session SET heartbeat_at = ? WHERE id = ?';
const END = 'DELETE FROM session WHERE id = ?';
export const FIRST_WAITING = `
  SELECT due_at FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND owner <> ?
  ORDER BY due_at, uid LIMIT 1`;
export const WAITING_PAST = `
  SELECT 1 FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND due_at > ? AND owner <> ? LIMIT 1`;

export class Sessions {
  readonly #tests: TestDeliveries;
  readonly #ordering: Ordering;
  readonly #endAll;
  readonly #insert;
  readonly #heartbeat;
  readonly #end;
  readonly #firstWaiting;
  readonly #waitingPast;

  constructor(database: Connection, tests: TestDeliveries, ordering: Ordering) {
    this.#tests = tests;
    this.#ordering = ordering;
    this.#endAll = database.prepare(END_ALL);
    this.#insert = database.prepare<[number, number]>(INSERT_SESSION);
    this.#heartbeat = database.prepare<[number, number]>(HEARTBEAT);
    this.#end = database.prepare<[number]>(END);
    this.#firstWaiting = database.prepare<[number, number], { due_at: number }>(FIRST_WAITING);
    this.#waitingPast = database.prepare<[number, number, number]>(WAITING_PAST);
  }

  /** Every earlier session is dead: the lock proves it. What it held is free, since it is not this one's. */
  open(writer: Writer, limits: SessionLimits): Session {
    const { id, spilled } = writer.transaction((tx) => {
      this.#endAll.run();
      this.#tests.endUnfinished(tx, null);
      const id = Number(this.#insert.run(tx.now, tx.now).lastInsertRowid);
      const spilled: number[] = [];
      for (const subscription of tx.subscriptions.all()) {
        const dueInMs = this.#dueIn(tx, subscription, id);
        // In an ordered lane nothing fresh overtakes what waits for its time.
        if (dueInMs !== null && (dueInMs <= 0 || subscription.ordered)) spilled.push(subscription.webhookUid);
      }
      return { id, spilled };
    });
    writer.sessions.clear();
    writer.sessions.set(id, { id, slot: 0, window: new Window(limits, spilled) });
    return { id };
  }

  /** As long as the process lives nobody else opens a session: the lock proves it. */
  heartbeat(writer: Writer, session: Session): Heartbeat {
    return writer.transaction(({ now }) =>
      this.#heartbeat.run(now, session.id).changes > 0
        ? { alive: true, livesMs: null, now }
        : { alive: false },
    );
  }

  close(writer: Writer, session: Session): void {
    writer.transaction((tx) => {
      this.#tests.endUnfinished(tx, session);
      this.#end.run(session.id);
    });
    writer.sessions.delete(session.id);
  }

  /** Of these webhooks. */
  backlog(
    tx: Transaction,
    session: Session,
    webhooks: readonly number[],
  ): { webhookUid: number; dueInMs: number }[] {
    const lanes: { webhookUid: number; dueInMs: number }[] = [];
    for (const webhookUid of webhooks) {
      const subscription = tx.subscriptions.get(webhookUid);
      const dueInMs = subscription?.enabled ? this.#dueIn(tx, subscription, session.id) : null;
      if (dueInMs !== null) lanes.push({ webhookUid, dueInMs });
    }
    return lanes;
  }

  #dueIn(tx: Transaction, subscription: Subscription, owner: number): number | null {
    const { webhookUid, active, ordered, unplaced } = subscription;
    const head = ordered && active && !unplaced ? this.#ordering.head(webhookUid) : undefined;
    if (head) return head.owner === owner ? null : dueIn(tx.now, head.due_at);
    const first = this.#firstWaiting.get(webhookUid, owner);
    if (!first) return null;
    const dueInMs = dueIn(tx.now, first.due_at);
    if (dueInMs <= 0) return dueInMs;
    return this.#waitingPast.get(webhookUid, horizon(tx.now), owner) ? 0 : dueInMs;
  }
}
