import type { Actor } from '../../domain/actor.js';
import { jobAudited } from '../../domain/audit.js';
import { type JobRow, toJob } from '../job-row.js';
import type { Job, JobSpec, JobState, JobStore, PageRequest, Session, StepResult } from '../store.js';
import { writeAudit } from './audit-trail.js';
import { JobFinds } from './job-finds.js';
import { cancelJob, lockJob, stepJob } from './job-steps.js';
import { numbers } from './literal.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

const INSERT = `
  INSERT INTO job (state, mode, webhook_uid, statuses, event_types, sources, from_at, to_at, passed_uid,
    last_uid, total, started_at, started_by)
  VALUES ('running', $1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11) RETURNING *`;
const GET = 'SELECT * FROM job WHERE uid = $1';
const ANY_RUNNING = "SELECT 1 AS running FROM job WHERE state = 'running' LIMIT 1";
const LIVING_WEBHOOK = 'SELECT 1 AS living FROM webhook WHERE uid = $1 AND deleted_at IS NULL';
/** What another node takes at this moment is its own. */
const FREE = `
  SELECT uid FROM job WHERE state = 'running' AND NOT owner = ANY($1::bigint[])
  ORDER BY uid FOR UPDATE SKIP LOCKED`;
const TAKE = 'UPDATE job SET owner = $1 WHERE uid = ANY($2::bigint[])';
const MINE = "SELECT * FROM job WHERE state = 'running' AND owner = $1 ORDER BY uid";

const json = (names: readonly string[] | null) => (names === null ? null : JSON.stringify(names));

/** A job is in the hands of one living session, as an exclusive lane is. */
export class PostgresJobs implements JobStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #finds: JobFinds;
  readonly #levels: readonly number[];

  constructor(writer: Writer, reader: Reader, levels: readonly number[]) {
    this.#writer = writer;
    this.#reader = reader;
    this.#finds = new JobFinds(reader, levels);
    this.#levels = levels;
  }

  async count(spec: JobSpec): Promise<number | null> {
    if (!(await this.#isThere(spec.webhookUid))) return null;
    return this.#finds.count(spec, await this.#finds.last(spec.mode));
  }

  async start(spec: JobSpec, by: Actor): Promise<Job | null> {
    if (!(await this.#isThere(spec.webhookUid))) return null;
    const last = await this.#finds.last(spec.mode);
    const total = await this.#finds.count(spec, last);
    return this.#writer.transaction(async (tx) => {
      // Counting took its time.
      if (!tx.subscriptions.get(spec.webhookUid)) return null;
      const [row] = await tx.run<JobRow>(INSERT, [
        spec.mode,
        spec.webhookUid,
        JSON.stringify(spec.statuses),
        json(spec.eventTypes),
        json(spec.sources),
        spec.from,
        spec.to,
        last,
        total,
        tx.now,
        by.name,
      ]);
      if (!row) throw new Error('a job vanished in its own transaction');
      const job = toJob(row);
      await writeAudit(tx, by, jobAudited({ before: null, after: job }));
      return job;
    });
  }

  async get(uid: number): Promise<Job | null> {
    const [row] = await this.#reader.read((line) => line.run<JobRow>(GET, [uid]));
    return row ? toJob(row) : null;
  }

  list({
    limit,
    offset,
    asc,
    state,
  }: PageRequest & { state: JobState | null }): Promise<{ total: number; rows: Job[] }> {
    const where = state === null ? '' : 'WHERE state = $1';
    const values = state === null ? [] : [state];
    const [most, from] = [`$${values.length + 1}`, `$${values.length + 2}`];
    return this.#reader.snapshot(async (line) => {
      const counted = line.run<{ total: number }>(`SELECT count(*) AS total FROM job ${where}`, values);
      const page = line.run<JobRow>(
        `SELECT * FROM job ${where} ORDER BY uid ${asc ? 'ASC' : 'DESC'} LIMIT ${most} OFFSET ${from}`,
        [...values, limit, offset],
      );
      return { total: (await counted)[0]?.total ?? 0, rows: (await page).map(toJob) };
    });
  }

  cancel(uid: number, by: Actor): ReturnType<JobStore['cancel']> {
    return this.#writer.transaction(async (tx) => {
      const before = await lockJob(tx, uid);
      if (!before) return { kind: 'unknown' };
      const row = await cancelJob(tx, uid);
      if (!row) return { kind: 'ended' };
      const job = toJob(row);
      await writeAudit(tx, by, jobAudited({ before: toJob(before), after: job }));
      return { kind: 'cancelled', job };
    });
  }

  async claim(session: Session): Promise<Job[]> {
    // Mostly there is none.
    const running = await this.#reader.read((line) => line.run(ANY_RUNNING));
    if (running.length === 0) return [];
    return this.#writer.transaction(async (tx) => {
      if (!tx.living.has(session.id)) return [];
      const free = await tx.run<{ uid: number }>(FREE, [numbers([...tx.living])]);
      if (free.length > 0) await tx.run(TAKE, [session.id, numbers(free.map(({ uid }) => uid))]);
      return (await tx.run<JobRow>(MINE, [session.id])).map(toJob);
    });
  }

  step(request: Parameters<JobStore['step']>[0]): Promise<StepResult | null> {
    return this.#writer.transaction((tx) => stepJob(tx, request, this.#finds, this.#levels));
  }

  async #isThere(webhookUid: number): Promise<boolean> {
    const rows = await this.#reader.read((line) => line.run(LIVING_WEBHOOK, [webhookUid]));
    return rows.length > 0;
  }
}
