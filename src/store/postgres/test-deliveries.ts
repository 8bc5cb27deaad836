import { STATE } from '../../domain/delivery.js';
import { eventTypeCode } from '../../domain/event-types.js';
import type { HeldDelivery, TestRequest } from '../store.js';
import { insertDeliveries, insertEvents } from './accept-rows.js';
import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';
import { Uids } from './uids.js';

/** A test is `pending` until it ends. */
const END = `
  UPDATE delivery SET state = ${STATE.cancelled}, reason = 'test', owner = 0, ended_at = $1
  WHERE state < 2 AND test = 1 AND`;
const RETURNING = 'RETURNING uid, webhook_uid, event_type, accepted_at';
const END_OWNED = `${END} owner = $2 ${RETURNING}`;
const END_DEAD = `${END} NOT owner = ANY($2::bigint[]) ${RETURNING}`;

interface EndedRow {
  uid: number;
  webhook_uid: number;
  event_type: number;
  accepted_at: number;
}

/**
 * A delivery that a person asked for to see whether a webhook works. It is in no statistics, and nobody is
 * owed one: a test whose attempt did not come to its end ends as `cancelled`, and is never claimed. The window
 * does not count them: the engine bounds how many there are.
 */
export async function acceptTest(tx: Transaction, request: TestRequest): Promise<HeldDelivery | null> {
  const { session, webhookUid, eventType, source, data } = request;
  const code = eventTypeCode(eventType);
  if (code === undefined) throw new RangeError(`unknown event type ${eventType}`);
  const eventIds = new Uids('event');
  const uids = new Uids('delivery');
  const taking = [eventIds.take(tx, 1), uids.take(tx, 1)];
  await tx.begin();
  await Promise.all(taking);
  if (!tx.window(session.id)) throw new Error(`session ${session.id} has ended`);
  if (!tx.subscriptions.get(webhookUid)) return null;
  const { now } = tx;
  const [eventId, uid] = [eventIds.next(), uids.next()];
  const event = { id: eventId, code, source, data, createdAt: now, deliveries: 1, first: uid, last: uid };
  const delivery = { uid, webhookUid, eventId, code, owner: session.id, laneSeq: null };
  insertEvents(tx, [event], 1);
  insertDeliveries(tx, [delivery], 1);
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

/** Those of a session that ends; null: of all that are dead. */
export async function endTests(tx: Transaction, sessionId: number | null): Promise<void> {
  const rows =
    sessionId === null
      ? await tx.run<EndedRow>(END_DEAD, [tx.now, numbers([...tx.living])])
      : await tx.run<EndedRow>(END_OWNED, [tx.now, sessionId]);
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
