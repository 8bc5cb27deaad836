import { OPEN_BELOW } from '../../domain/delivery.js';
import { isTooOld } from '../../domain/freshness.js';
import { type JobRow, toJob } from '../job-row.js';
import type { JobStore, StepResult } from '../store.js';
import type { JobFinds } from './job-finds.js';
import { giveDeliveries, lockEvents } from './late-deliveries.js';
import { lockDeliveries, reopen } from './resends.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

const LOCK_JOB = 'SELECT * FROM job WHERE uid = $1 FOR UPDATE';
/** What waits for its retry does not count: a few that ask for a day would keep all others waiting for as long. */
const DUE_ROWS = `
  SELECT count(*) AS count FROM
    (SELECT 1 FROM delivery WHERE webhook_uid = $1 AND state < 2 AND due_at <= $2 LIMIT $3) AS due`;
const ANY_OPEN_ROW = 'SELECT 1 FROM delivery WHERE webhook_uid = $1 AND state < 2 LIMIT 1';
const MOVE = 'UPDATE job SET passed_uid = $1, done = $2, skipped = $3 WHERE uid = $4 RETURNING *';
/** What matched when it was counted, and does so no more, was skipped. */
const END_DONE = `
  UPDATE job SET state = 'done', owner = 0, ended_at = $1, skipped = greatest(skipped, total - done),
    total = greatest(total, done + skipped)
  WHERE uid = $2 RETURNING *`;
const END_CANCELLED = `
  UPDATE job SET state = 'cancelled', owner = 0, ended_at = $1 WHERE uid = $2 AND state = 'running' RETURNING *`;

type StepRequest = Parameters<JobStore['step']>[0];

/** The job as nobody else moves it until the transaction's end. */
export async function lockJob(tx: Transaction, uid: number): Promise<JobRow | undefined> {
  const [row] = await tx.run<JobRow>(LOCK_JOB, [uid]);
  return row;
}

/** Undefined: it has ended. */
export async function cancelJob(tx: Transaction, uid: number): Promise<JobRow | undefined> {
  const [row] = await tx.run<JobRow>(END_CANCELLED, [tx.now, uid]);
  return row;
}

export async function stepJob(
  tx: Transaction,
  { session, jobUid, limit, dueBelow }: StepRequest,
  finds: JobFinds,
  levels: readonly number[],
): Promise<StepResult | null> {
  const row = await lockJob(tx, jobUid);
  if (row?.state !== 'running' || row.owner !== session.id) return null;
  const subscription = tx.subscriptions.get(row.webhook_uid);
  if (!subscription) {
    const ended = (await cancelJob(tx, jobUid)) ?? row;
    return { job: toJob(ended), passed: 0, spilled: false };
  }
  const room = Math.min(limit, await roomIn(tx, subscription, dueBelow));
  if (room <= 0) return { job: toJob(row), passed: 0, spilled: false };
  const found = await finds.next(toJob(row), row.passed_uid, row.last_uid, room);
  const done = await pass(tx, row.mode, found, subscription, levels);
  if (done > 0) {
    tx.window(session.id)?.spill(row.webhook_uid);
    if (subscription.exclusive) tx.afterwards(() => tx.news.leftIn(row.webhook_uid));
  }
  const [moved] = await tx.run<JobRow>(MOVE, [
    found.at(-1) ?? row.passed_uid,
    row.done + done,
    row.skipped + found.length - done,
    jobUid,
  ]);
  const [last] = found.length < room ? await tx.run<JobRow>(END_DONE, [tx.now, jobUid]) : [moved];
  return { job: toJob(last ?? row), passed: found.length, spilled: done > 0 };
}

/** Rows that may be added to the lane. An open circuit that is owed nothing gets one, or it would never be probed. */
async function roomIn(
  tx: Transaction,
  { webhookUid, active, enabled }: Subscription,
  dueBelow: number,
): Promise<number> {
  if (!enabled) return 0;
  if (!active) return (await tx.run(ANY_OPEN_ROW, [webhookUid])).length > 0 ? 0 : 1;
  const [due] = await tx.run<{ count: number }>(DUE_ROWS, [webhookUid, tx.now, dueBelow]);
  return dueBelow - (due?.count ?? dueBelow);
}

/** How many are sent again. */
async function pass(
  tx: Transaction,
  mode: JobRow['mode'],
  uids: readonly number[],
  subscription: Subscription,
  levels: readonly number[],
): Promise<number> {
  if (mode === 'deliveries') return resendAll(tx, uids, subscription);
  const events = (await lockEvents(tx, uids, subscription.webhookUid)).filter(
    ({ event }) => !isTooOld(event.created_at, subscription.maxAge, tx.now),
  );
  const known = events.flatMap(({ uid }) => (uid === null ? [] : [uid]));
  const without = events.filter(({ uid }) => uid === null).map(({ event }) => event);
  await giveDeliveries(tx, without, subscription, levels);
  return without.length + (await resendAll(tx, known, subscription));
}

async function resendAll(
  tx: Transaction,
  uids: readonly number[],
  subscription: Subscription,
): Promise<number> {
  const rows = (await lockDeliveries(tx, uids)).filter(
    (row) => row.state >= OPEN_BELOW && !isTooOld(row.created_at, subscription.maxAge, tx.now),
  );
  await reopen(tx, rows, subscription);
  return rows.length;
}
