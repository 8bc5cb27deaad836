import { STATE } from '../../domain/delivery.js';
import { LaneOwners } from './lane-owners.js';
import { numbers } from './literal.js';
import { LOCK, lockAlone } from './locks.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';
import { Uids } from './uids.js';

/** Two jobs that pass the same event wait for each other here: it is given one delivery, not two. */
const LOCK_EVENTS = `
  SELECT id, event_type, created_at, fanout FROM event
  WHERE id = ANY($1::bigint[]) AND id BETWEEN $2 AND $3 ORDER BY id FOR UPDATE`;
/** Its own lie in its range; given later, beside it. */
const OF_WEBHOOK = `
  SELECT e.id, coalesce(
    (SELECT d.uid FROM delivery d WHERE d.uid BETWEEN e.first_delivery AND e.last_delivery
      AND d.event_id = e.id AND d.webhook_uid = $4 LIMIT 1),
    (SELECT d.uid FROM late_delivery l JOIN delivery d ON d.uid = l.delivery_uid
      WHERE l.event_id = e.id AND d.webhook_uid = $4 LIMIT 1)) AS uid
  FROM event e WHERE e.id = ANY($1::bigint[]) AND e.id BETWEEN $2 AND $3`;
const INSERT_DELIVERIES = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, owner, claim_no, due_at, accepted_at,
    lane_seq, resend, resent_at, spared)
  SELECT uid, $1::bigint, event_id, event_type, ${STATE.pending}, 0, 0, $2::bigint, $2::bigint, lane_seq, 1,
    $2::bigint, $3::int
  FROM unnest($4::bigint[], $5::bigint[], $6::int[], $7::bigint[]) AS d (uid, event_id, event_type, lane_seq)`;
const INSERT_LATE = `
  INSERT INTO late_delivery (event_id, delivery_uid) SELECT * FROM unnest($1::bigint[], $2::bigint[])`;
const COUNT_LATE = `
  UPDATE event SET fanout = fanout + 1 WHERE id = ANY($1::bigint[]) AND id BETWEEN $2 AND $3`;
const EVENTS_IN_BLOCKS = "SELECT value FROM counter WHERE name = 'events in blocks'";
/** An event that no webhook wanted has got a delivery: it is counted among the others now. */
const MOVE_MATCHED = `
  INSERT INTO event_block_type AS b (level, block, event_type, unmatched, count)
  SELECT level, block, event_type, unmatched, sum(count)::bigint
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    AS m (level, block, event_type, unmatched, count)
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (level, block, event_type, unmatched) DO UPDATE SET count = b.count + excluded.count`;

export interface LateEvent {
  id: number;
  event_type: number;
  created_at: number;
  fanout: number;
}

/** Events as nobody else gives them a delivery until the transaction's end, each with its one for a webhook. */
export async function lockEvents(
  tx: Transaction,
  ids: readonly number[],
  webhookUid: number,
): Promise<{ event: LateEvent; uid: number | null }[]> {
  if (ids.length === 0) return [];
  const range = [numbers(ids), Math.min(...ids), Math.max(...ids)] as const;
  const events = await tx.run<LateEvent>(LOCK_EVENTS, range);
  // What another gave them while this one waited is seen by the next statement.
  const found = await tx.run<{ id: number; uid: number | null }>(OF_WEBHOOK, [...range, webhookUid]);
  const uids = new Map(found.map(({ id, uid }) => [id, uid]));
  return events.map((event) => ({ event, uid: uids.get(event.id) ?? null }));
}

/**
 * Deliveries for locked events that were accepted long ago, in nobody's hands and due now, as a resend's; the
 * caller spills their lane. An event finds its own deliveries by their range of uids; those given later are
 * found by a table beside it, which stays empty where no job makes any.
 */
export async function giveDeliveries(
  tx: Transaction,
  events: readonly LateEvent[],
  { webhookUid, ordered, expiries }: Subscription,
  levels: readonly number[],
): Promise<void> {
  if (events.length === 0) return;
  const uids = new Uids('delivery');
  const lanes = new LaneOwners();
  await uids.take(tx, events.length);
  if (ordered) await lanes.lock(tx, [webhookUid]);
  const rows = events.map((event) => ({
    event,
    uid: uids.next(),
    seq: ordered ? lanes.nextSeq(webhookUid) : null,
  }));
  const ids = events.map(({ id }) => id);
  tx.write(INSERT_DELIVERIES, [
    webhookUid,
    tx.now,
    expiries,
    numbers(rows.map(({ uid }) => uid)),
    numbers(ids),
    numbers(events.map((event) => event.event_type)),
    numbers(rows.map(({ seq }) => seq)),
  ]);
  tx.write(INSERT_LATE, [numbers(ids), numbers(rows.map(({ uid }) => uid))]);
  tx.write(COUNT_LATE, [numbers(ids), Math.min(...ids), Math.max(...ids)]);
  lanes.write(tx);
  for (const { event, uid } of rows) {
    const delivery = { uid, webhookUid, eventType: event.event_type, acceptedAt: tx.now, test: false };
    tx.tally.entered(delivery, 'pending', null);
  }
  await moveMatched(
    tx,
    events.filter(({ fanout }) => fanout === 0),
    levels,
  );
}

/** Nobody takes blocks in meanwhile: each event is in one that is taken in, or is counted when it is. */
async function moveMatched(
  tx: Transaction,
  events: readonly LateEvent[],
  levels: readonly number[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.run(lockAlone(LOCK.lists));
  const [mark] = await tx.run<{ value: number }>(EVENTS_IN_BLOCKS);
  const moved = events.filter(({ id }) => id < (mark?.value ?? 0));
  if (moved.length === 0) return;
  const moves = levels.flatMap((level) =>
    moved.flatMap(({ id, event_type: type }) => {
      const block = Math.floor(id / 2 ** level);
      return [
        { level, block, type, unmatched: 1, count: -1 },
        { level, block, type, unmatched: 0, count: 1 },
      ];
    }),
  );
  await tx.run(MOVE_MATCHED, [
    numbers(moves.map(({ level }) => level)),
    numbers(moves.map(({ block }) => block)),
    numbers(moves.map(({ type }) => type)),
    numbers(moves.map(({ unmatched }) => unmatched)),
    numbers(moves.map(({ count }) => count)),
  ]);
}
