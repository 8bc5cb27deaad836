import { dueIn, horizon } from '../due.js';
import { MARK, refuseMoved } from '../moving/mark.js';
import type { Heartbeat, Session, SessionLimits } from '../store.js';
import { Window } from '../window.js';
import { freeStrays } from './free-strays.js';
import { numbers } from './literal.js';
import { LOCK, lockAlone } from './locks.js';
import { readMeta } from './schema.js';
import { endTests } from './test-deliveries.js';
import { DEAD_AFTER_MS, type Transaction, type Writer } from './transaction.js';

const BURY_DEAD = `DELETE FROM session WHERE heartbeat_at <= $1::bigint - ${DEAD_AFTER_MS} RETURNING id`;
const LOWEST_FREE_SLOT = `
  SELECT min(slot) AS slot FROM (SELECT 1 AS slot UNION ALL SELECT slot + 1 FROM session) AS next
  WHERE slot NOT IN (SELECT slot FROM session)`;
const INSERT_SESSION = 'INSERT INTO session (slot, opened_at, heartbeat_at) VALUES ($1, $2, $2) RETURNING id';
/**
 * By how much earlier a session can be heard of no more than others take it for dead: a heartbeat that is on its
 * way to its commit is not seen by those who look, and they must not both be right.
 */
const MARGIN_MS = 3_000;

/** One that is dead by now stays so: others may hold what it held. */
const HEARTBEAT = `
  UPDATE session SET heartbeat_at = $1::bigint WHERE id = $2 AND heartbeat_at > $1::bigint - ${DEAD_AFTER_MS - MARGIN_MS} RETURNING id`;
const ANY_DEAD = `SELECT 1 AS dead FROM session WHERE heartbeat_at <= $1::bigint - ${DEAD_AFTER_MS} LIMIT 1`;
const END = 'DELETE FROM session WHERE id = $1';

/** $1 webhook uids, $2 1 where the lane is exclusive, $3 living sessions, $4 now, $5 horizon, $6 this session */
const WAITING = `
  SELECT l.webhook_uid, f.due_at,
    CASE WHEN f.due_at > $4 THEN EXISTS (
      SELECT FROM delivery d WHERE d.webhook_uid = l.webhook_uid AND d.state < 2 AND d.due_at > $5
        AND d.test = 0 AND NOT d.owner = ANY($3::bigint[])
    ) ELSE false END AS jumped
  FROM unnest($1::bigint[], $2::int[]) AS l (webhook_uid, exclusive)
  JOIN lane ON lane.webhook_uid = l.webhook_uid,
  LATERAL (
    SELECT d.due_at FROM delivery d
    WHERE d.webhook_uid = l.webhook_uid AND d.state < 2 AND d.test = 0 AND NOT d.owner = ANY($3::bigint[])
    ORDER BY d.due_at, d.uid LIMIT 1
  ) f
  WHERE l.exclusive = 0 OR lane.owner = $6 OR NOT lane.owner = ANY($3::bigint[])`;
const HEADS = `
  SELECT l.webhook_uid, f.due_at, f.owner
  FROM unnest($1::bigint[]) AS l (webhook_uid)
  JOIN lane ON lane.webhook_uid = l.webhook_uid AND lane.unplaced = 0,
  LATERAL (
    SELECT d.due_at, d.owner FROM delivery d
    WHERE d.webhook_uid = l.webhook_uid AND d.state < 2 AND d.lane_seq IS NOT NULL
    ORDER BY d.lane_seq LIMIT 1
  ) f`;

interface WaitingRow {
  webhook_uid: number;
  due_at: number;
  jumped: boolean;
}

interface HeadRow {
  webhook_uid: number;
  due_at: number;
  owner: number;
}

/**
 * A session lives while its heartbeats, by the database's clock, are no further apart than 15 s. What a dead one
 * held is free without being touched: nobody who lives is its owner.
 */
export async function openSession(writer: Writer, limits: SessionLimits): Promise<Session> {
  const opened = await writer.transaction(async (tx) => {
    // One at a time: two that start together must not find the same slot free.
    await tx.run(lockAlone(LOCK.sessions));
    // Who moves the store looks for sessions under this lock, and then writes this.
    refuseMoved(await readMeta(tx, MARK));
    await buryDead(tx);
    const [free] = await tx.run<{ slot: number }>(LOWEST_FREE_SLOT);
    const slot = free?.slot ?? 1;
    const [row] = await tx.run<Session>(INSERT_SESSION, [slot, tx.now]);
    if (!row) throw new Error('a session got no id');
    const spilled: number[] = [];
    for (const { webhookUid, dueInMs } of await waiting(tx, row.id, 'all')) {
      // In an ordered lane nothing fresh overtakes what waits for its time.
      if (dueInMs <= 0 || tx.subscriptions.get(webhookUid)?.ordered) spilled.push(webhookUid);
    }
    return { id: row.id, slot, window: new Window(limits, spilled) };
  });
  writer.sessions.set(opened.id, opened);
  return { id: opened.id };
}

export async function heartbeat(writer: Writer, session: Session): Promise<Heartbeat> {
  const answer = await writer.transaction(async (tx): Promise<Heartbeat> => {
    const beaten = await tx.run(HEARTBEAT, [tx.now, session.id]);
    // Who notices first buries it; the others' transactions know it for dead by themselves.
    const dead = await tx.run(ANY_DEAD, [tx.now]);
    if (dead.length > 0) await buryDead(tx);
    return beaten.length > 0
      ? { alive: true, livesMs: DEAD_AFTER_MS - MARGIN_MS, now: tx.now }
      : { alive: false };
  });
  if (answer.alive) await freeStrays(writer, session, answer.now).catch(() => {});
  else writer.sessions.delete(session.id);
  return answer;
}

export async function closeSession(writer: Writer, session: Session): Promise<void> {
  await writer.transaction(async (tx) => {
    await endTests(tx, session.id);
    await tx.run(END, [session.id]);
  });
  writer.sessions.delete(session.id);
}

export async function backlog(
  tx: Transaction,
  session: Session,
): Promise<{ webhookUid: number; dueInMs: number }[]> {
  return waiting(tx, session.id, 'enabled');
}

/** Lanes that the session may attempt or probe in, with the time until their first free row falls due. */
async function waiting(
  tx: Transaction,
  sessionId: number,
  which: 'all' | 'enabled',
): Promise<{ webhookUid: number; dueInMs: number }[]> {
  const lanes = [...tx.subscriptions.all()].filter(({ enabled }) => enabled || which === 'all');
  if (lanes.length === 0) return [];
  const ordered = lanes.filter((lane) => lane.ordered && lane.active);
  const living = numbers([...tx.living]);
  const [first, heads] = await Promise.all([
    tx.run<WaitingRow>(WAITING, [
      numbers(lanes.map(({ webhookUid }) => webhookUid)),
      numbers(lanes.map(({ exclusive }) => (exclusive ? 1 : 0))),
      living,
      tx.now,
      horizon(tx.now),
      sessionId,
    ]),
    ordered.length > 0
      ? tx.run<HeadRow>(HEADS, [numbers(ordered.map(({ webhookUid }) => webhookUid))])
      : Promise.resolve([]),
  ]);
  const head = new Map(heads.map((row) => [row.webhook_uid, row]));
  return first.flatMap(({ webhook_uid: webhookUid, due_at: due, jumped }) => {
    const before = head.get(webhookUid);
    // What is in somebody's hands goes before all that waits.
    if (before && tx.living.has(before.owner)) return [];
    if (before) return [{ webhookUid, dueInMs: dueIn(tx.now, before.due_at) }];
    return [{ webhookUid, dueInMs: jumped ? 0 : dueIn(tx.now, due) }];
  });
}

async function buryDead(tx: Transaction): Promise<void> {
  await tx.run(BURY_DEAD, [tx.now]);
  await endTests(tx, null);
}
