import { STATE } from '../../domain/delivery.js';
import { eventTypeCode } from '../../domain/event-types.js';
import type { HeldDelivery, Session, TestRequest } from '../store.js';
import type { Connection } from './connection.js';
import type { Transaction } from './transaction.js';

const LAST_DELIVERY = "SELECT seq FROM sqlite_sequence WHERE name = 'delivery'";
const INSERT_EVENT = `
  INSERT INTO event (event_type, source, data, created_at, accepted_at, fanout, first_delivery, last_delivery,
    test)
  VALUES (?, ?, ?, ?, ?, 1, ?, ?, 1)`;
const INSERT_DELIVERY = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, owner, claim_no, due_at, accepted_at,
    test)
  VALUES (?, ?, ?, ?, ${STATE.pending}, ?, 1, ?, ?, 1)`;
/** A test is `pending` until it ends. */
const END = `UPDATE delivery SET state = ${STATE.cancelled}, reason = 'test', owner = 0, ended_at = ?`;
const RETURNING = 'RETURNING uid, webhook_uid, event_type, accepted_at';
const END_ALL = `${END} WHERE state < 2 AND test = 1 ${RETURNING}`;
const END_OWNED = `${END} WHERE state < 2 AND test = 1 AND owner = ? ${RETURNING}`;
const END_ONE = `${END} WHERE uid = ? ${RETURNING}`;

interface EndedRow {
  uid: number;
  webhook_uid: number;
  event_type: number;
  accepted_at: number;
}

/**
 * Deliveries that a person asked for to see whether a webhook works. They are in no statistics, and nobody
 * is owed one: a test whose attempt did not come to its end ends as `cancelled`, and is never claimed.
 */
export class TestDeliveries {
  readonly #lastDelivery;
  readonly #insertEvent;
  readonly #insertDelivery;
  readonly #endAll;
  readonly #endOwned;
  readonly #endOne;

  constructor(database: Connection) {
    this.#lastDelivery = database.prepare<[], { seq: number }>(LAST_DELIVERY);
    this.#insertEvent =
      database.prepare<[number, string, string, number, number, number, number]>(INSERT_EVENT);
    this.#insertDelivery =
      database.prepare<[number, number, number, number, number, number, number]>(INSERT_DELIVERY);
    this.#endAll = database.prepare<[number], EndedRow>(END_ALL);
    this.#endOwned = database.prepare<[number, number], EndedRow>(END_OWNED);
    this.#endOne = database.prepare<[number, number], EndedRow>(END_ONE);
  }

  /** The window does not count them: the engine bounds how many there are. */
  accept(tx: Transaction, request: TestRequest): HeldDelivery | null {
    const { session, webhookUid, eventType, source, data } = request;
    const code = eventTypeCode(eventType);
    if (code === undefined) throw new RangeError(`unknown event type ${eventType}`);
    if (!tx.window(session.id)) throw new Error(`session ${session.id} has ended`);
    if (!tx.subscriptions.get(webhookUid)) return null;
    const { now } = tx;
    const uid = (this.#lastDelivery.get()?.seq ?? 0) + 1;
    const eventId = Number(this.#insertEvent.run(code, source, data, now, now, uid, uid).lastInsertRowid);
    this.#insertDelivery.run(uid, webhookUid, eventId, code, session.id, now, now);
    tx.tally.entered({ uid, webhookUid, eventType: code, acceptedAt: now, test: true }, 'pending', null);
    return {
      uid,
      webhookUid,
      claimNo: 1,
      event: { eventId, eventType, createdAt: now, data },
      attempts: 0,
      runBase: 0,
      resend: false,
      acceptedAt: now,
      laneSeq: null,
    };
  }

  /** Those of a session that ends; null: of all sessions, since all are dead. */
  endUnfinished(tx: Transaction, session: Session | null): void {
    const rows = session ? this.#endOwned.all(tx.now, session.id) : this.#endAll.all(tx.now);
    this.#ended(tx, rows);
  }

  end(tx: Transaction, uid: number): void {
    this.#ended(tx, this.#endOne.all(tx.now, uid));
  }

  #ended(tx: Transaction, rows: EndedRow[]): void {
    for (const row of rows) {
      const delivery = {
        uid: row.uid,
        webhookUid: row.webhook_uid,
        eventType: row.event_type,
        acceptedAt: row.accepted_at,
        test: true,
      };
      tx.tally.left(delivery, 'pending');
      tx.tally.entered(delivery, 'cancelled', tx.now);
    }
  }
}
