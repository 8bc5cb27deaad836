import { STATE } from '../../domain/delivery.js';
import type { Connection } from './connection.js';
import type { ListBlocks } from './listing-blocks.js';
import { NEXT_SEQ } from './ordering.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

const READ_EVENT = `
  SELECT id, event_type, created_at, fanout, first_delivery, last_delivery FROM event WHERE id = ?`;
/** Its own lie in its range; given later, beside it. */
const OF_WEBHOOK = `
  SELECT uid FROM delivery NOT INDEXED
  WHERE uid BETWEEN @first AND @last AND event_id = @event AND webhook_uid = @webhook
  UNION ALL
  SELECT d.uid FROM late_delivery l CROSS JOIN delivery d ON d.uid = l.delivery_uid
  WHERE l.event_id = @event AND d.webhook_uid = @webhook
  LIMIT 1`;
const LAST_DELIVERY = "SELECT seq FROM sqlite_sequence WHERE name = 'delivery'";
const INSERT_DELIVERY = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, owner, claim_no, due_at, accepted_at,
    lane_seq, resend, resent_at, spared)
  VALUES (@uid, @webhook, @event, @type, ${STATE.pending}, 0, 0, @now, @now, @seq, 1, @now, @expiries)`;
const INSERT_LATE = 'INSERT INTO late_delivery (event_id, delivery_uid) VALUES (?, ?)';
const COUNT_LATE = 'UPDATE event SET fanout = fanout + 1 WHERE id = ?';

export interface LateEvent {
  id: number;
  event_type: number;
  created_at: number;
  fanout: number;
  first_delivery: number | null;
  last_delivery: number | null;
}

/**
 * Deliveries for events that were accepted long ago. An event finds its own deliveries by their range of uids;
 * those given later are found by a table beside it, which stays empty where no job makes any.
 */
export class LateDeliveries {
  readonly #blocks: ListBlocks;
  readonly #readEvent;
  readonly #ofWebhook;
  readonly #lastDelivery;
  readonly #nextSeq;
  readonly #insertDelivery;
  readonly #insertLate;
  readonly #countLate;

  constructor(database: Connection, blocks: ListBlocks) {
    this.#blocks = blocks;
    this.#readEvent = database.prepare<[number], LateEvent>(READ_EVENT);
    this.#ofWebhook = database.prepare<[object], { uid: number }>(OF_WEBHOOK);
    this.#lastDelivery = database.prepare<[], { seq: number }>(LAST_DELIVERY);
    this.#nextSeq = database.prepare<[number], { last_seq: number }>(NEXT_SEQ);
    this.#insertDelivery = database.prepare<[object]>(INSERT_DELIVERY);
    this.#insertLate = database.prepare<[number, number]>(INSERT_LATE);
    this.#countLate = database.prepare<[number]>(COUNT_LATE);
  }

  event(id: number): LateEvent | undefined {
    return this.#readEvent.get(id);
  }

  /** The event's one delivery for a webhook. */
  ofWebhook({ id, first_delivery, last_delivery }: LateEvent, webhook: number): number | undefined {
    const range = { first: first_delivery ?? 0, last: last_delivery ?? -1 };
    return this.#ofWebhook.get({ ...range, event: id, webhook })?.uid;
  }

  /** In nobody's hands and due now, as a resend's; the caller spills its lane. */
  give(tx: Transaction, event: LateEvent, { webhookUid, ordered, expiries }: Subscription): void {
    const uid = (this.#lastDelivery.get()?.seq ?? 0) + 1;
    this.#insertDelivery.run({
      uid,
      webhook: webhookUid,
      event: event.id,
      type: event.event_type,
      now: tx.now,
      seq: ordered ? (this.#nextSeq.get(webhookUid)?.last_seq ?? null) : null,
      expiries,
    });
    this.#insertLate.run(event.id, uid);
    this.#countLate.run(event.id);
    if (event.fanout === 0) this.#blocks.matched(event.id, event.event_type);
    const delivery = { uid, webhookUid, eventType: event.event_type, acceptedAt: tx.now, test: false };
    tx.tally.entered(delivery, 'pending', null);
  }
}
