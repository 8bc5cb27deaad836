import { OPEN_BELOW } from '../../domain/delivery.js';
import { isTooOld } from '../../domain/freshness.js';
import { type JobRow, toJob } from '../job-row.js';
import type { JobStore, StepResult } from '../store.js';
import type { Connection } from './connection.js';
import type { JobFinds } from './job-finds.js';
import type { LateDeliveries } from './late-deliveries.js';
import { ANY_OPEN_ROW } from './orphans.js';
import type { Resends } from './resends.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

const READ = 'SELECT * FROM job WHERE uid = ?';
/** What waits for its retry does not count: a few that ask for a day would keep all others waiting for as long. */
const DUE_ROWS = `
  SELECT count(*) AS count FROM
    (SELECT 1 FROM delivery INDEXED BY delivery_open WHERE webhook_uid = ? AND state < 2 AND due_at <= ? LIMIT ?)`;
const MOVE = 'UPDATE job SET passed_uid = ?, done = ?, skipped = ? WHERE uid = ? RETURNING *';
/** What matched when it was counted, and does so no more, was skipped. */
const END_DONE = `
  UPDATE job SET state = 'done', owner = 0, ended_at = ?, skipped = max(skipped, total - done),
    total = max(total, done + skipped)
  WHERE uid = ? RETURNING *`;
const END_CANCELLED = `
  UPDATE job SET state = 'cancelled', owner = 0, ended_at = ? WHERE uid = ? AND state = 'running' RETURNING *`;

type StepRequest = Parameters<JobStore['step']>[0];

/** Moves jobs on; used within a transaction of the write connection only. */
export class JobSteps {
  readonly #finds: JobFinds;
  readonly #resends: Resends;
  readonly #late: LateDeliveries;
  readonly #read;
  readonly #dueRows;
  readonly #anyOpenRow;
  readonly #move;
  readonly #endDone;
  readonly #endCancelled;

  constructor(database: Connection, finds: JobFinds, resends: Resends, late: LateDeliveries) {
    this.#finds = finds;
    this.#resends = resends;
    this.#late = late;
    this.#read = database.prepare<[number], JobRow>(READ);
    this.#dueRows = database.prepare<[number, number, number], { count: number }>(DUE_ROWS);
    this.#anyOpenRow = database.prepare<[number]>(ANY_OPEN_ROW);
    this.#move = database.prepare<[number, number, number, number], JobRow>(MOVE);
    this.#endDone = database.prepare<[number, number], JobRow>(END_DONE);
    this.#endCancelled = database.prepare<[number, number], JobRow>(END_CANCELLED);
  }

  read(uid: number): JobRow | undefined {
    return this.#read.get(uid);
  }

  /** Undefined: it has ended. */
  cancel(uid: number, now: number): JobRow | undefined {
    return this.#endCancelled.get(now, uid);
  }

  step(tx: Transaction, { session, jobUid, limit, dueBelow }: StepRequest): StepResult | null {
    const row = this.#read.get(jobUid);
    if (row?.state !== 'running' || row.owner !== session.id) return null;
    const subscription = tx.subscriptions.get(row.webhook_uid);
    if (!subscription) {
      const ended = this.#endCancelled.get(tx.now, jobUid) ?? row;
      return { job: toJob(ended), passed: 0, spilled: false };
    }
    const room = Math.min(limit, this.#room(tx, subscription, dueBelow));
    if (room <= 0) return { job: toJob(row), passed: 0, spilled: false };
    const found = this.#finds.next(toJob(row), row.passed_uid, row.last_uid, room);
    const done = found.filter((uid) => this.#pass(tx, row.mode, uid, subscription)).length;
    if (done > 0) tx.window(session.id)?.spill(row.webhook_uid);
    const moved = this.#move.get(
      found.at(-1) ?? row.passed_uid,
      row.done + done,
      row.skipped + found.length - done,
      jobUid,
    );
    const last = found.length < room ? this.#endDone.get(tx.now, jobUid) : moved;
    return { job: toJob(last ?? row), passed: found.length, spilled: done > 0 };
  }

  /** Rows that may be added to the lane. An open circuit that is owed nothing gets one, or it would never be probed. */
  #room(tx: Transaction, { webhookUid, active, enabled }: Subscription, dueBelow: number): number {
    if (!enabled) return 0;
    if (!active) return this.#anyOpenRow.get(webhookUid) ? 0 : 1;
    return dueBelow - (this.#dueRows.get(webhookUid, tx.now, dueBelow)?.count ?? dueBelow);
  }

  /** Whether it is sent again. */
  #pass(tx: Transaction, mode: JobRow['mode'], uid: number, subscription: Subscription): boolean {
    if (mode === 'deliveries') return this.#resend(tx, uid, subscription);
    const event = this.#late.event(uid);
    if (!event || isTooOld(event.created_at, subscription.maxAge, tx.now)) return false;
    const delivery = this.#late.ofWebhook(event, subscription.webhookUid);
    if (delivery !== undefined) return this.#resend(tx, delivery, subscription);
    this.#late.give(tx, event, subscription);
    return true;
  }

  #resend(tx: Transaction, uid: number, subscription: Subscription): boolean {
    const row = this.#resends.read(uid);
    if (!row || row.state < OPEN_BELOW) return false;
    if (isTooOld(row.created_at, subscription.maxAge, tx.now)) return false;
    this.#resends.reopen(tx, row, subscription);
    return true;
  }
}
