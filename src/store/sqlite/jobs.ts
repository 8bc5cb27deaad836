import type { Actor } from '../../domain/actor.js';
import { jobAudited } from '../../domain/audit.js';
import { type JobRow, toJob } from '../job-row.js';
import type { Job, JobSpec, JobState, JobStore, PageRequest, Session, StepResult } from '../store.js';
import type { AuditTrail } from './audit-trail.js';
import type { JobFinds } from './job-finds.js';
import type { JobSteps } from './job-steps.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

const INSERT = `
  INSERT INTO job (state, mode, webhook_uid, statuses, event_types, sources, from_at, to_at, passed_uid,
    last_uid, total, started_at, started_by)
  VALUES ('running', ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) RETURNING *`;
const GET = 'SELECT * FROM job WHERE uid = ?';
const RUNNING = `SELECT * FROM job INDEXED BY job_running WHERE state = 'running' ORDER BY uid`;
const ANY_RUNNING = `SELECT 1 FROM job INDEXED BY job_running WHERE state = 'running' LIMIT 1`;
const LIVING_WEBHOOK = 'SELECT 1 FROM webhook WHERE uid = ? AND deleted_at IS NULL';
const TAKE = 'UPDATE job SET owner = ? WHERE uid = ?';

const json = (names: readonly string[] | null) => (names === null ? null : JSON.stringify(names));

export class SqliteJobs implements JobStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #finds: JobFinds;
  readonly #steps: JobSteps;
  readonly #trail: AuditTrail;
  readonly #insert;
  readonly #get;
  readonly #running;
  readonly #anyRunning;
  readonly #livingWebhook;
  readonly #take;

  constructor(
    writer: Writer,
    reader: Reader,
    parts: { finds: JobFinds; steps: JobSteps; trail: AuditTrail },
  ) {
    this.#writer = writer;
    this.#reader = reader;
    this.#finds = parts.finds;
    this.#steps = parts.steps;
    this.#trail = parts.trail;
    const { database } = writer;
    this.#insert = database.prepare<(string | number | null)[], JobRow>(INSERT);
    this.#running = database.prepare<[], JobRow>(RUNNING);
    this.#take = database.prepare<[number, number]>(TAKE);
    this.#anyRunning = reader.database.prepare<[]>(ANY_RUNNING);
    this.#livingWebhook = reader.database.prepare<[number]>(LIVING_WEBHOOK);
    this.#get = reader.database.prepare<[number], JobRow>(GET);
  }

  async count(spec: JobSpec): Promise<number | null> {
    if (!this.#isThere(spec.webhookUid)) return null;
    return this.#finds.count(spec, this.#finds.last(spec.mode));
  }

  async start(spec: JobSpec, by: Actor): Promise<Job | null> {
    if (!this.#isThere(spec.webhookUid)) return null;
    const last = this.#finds.last(spec.mode);
    const total = await this.#finds.count(spec, last);
    return this.#writer.transaction((tx) => {
      // Counting took its time.
      if (!tx.subscriptions.get(spec.webhookUid)) return null;
      const row = this.#insert.get(
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
      );
      if (!row) throw new Error('a job vanished in its own transaction');
      const job = toJob(row);
      this.#trail.write(tx.now, by, jobAudited({ before: null, after: job }));
      return job;
    });
  }

  async get(uid: number): Promise<Job | null> {
    return this.#reader.read(() => {
      const row = this.#get.get(uid);
      return row ? toJob(row) : null;
    });
  }

  async list({
    limit,
    offset,
    asc,
    state,
  }: PageRequest & { state: JobState | null }): Promise<{ total: number; rows: Job[] }> {
    return this.#reader.snapshot(() => {
      const { database } = this.#reader;
      const where = state === null ? '' : 'WHERE state = @state';
      const counted = database.prepare<[object], { total: number }>(
        `SELECT count(*) AS total FROM job ${where}`,
      );
      const page = database.prepare<[object], JobRow>(
        `SELECT * FROM job ${where} ORDER BY uid ${asc ? 'ASC' : 'DESC'} LIMIT @limit OFFSET @offset`,
      );
      const rows = page.all({ limit, offset, ...(state === null ? {} : { state }) }).map(toJob);
      return { total: counted.get(state === null ? {} : { state })?.total ?? 0, rows };
    });
  }

  async cancel(uid: number, by: Actor): ReturnType<JobStore['cancel']> {
    return this.#writer.transaction((tx) => {
      const before = this.#steps.read(uid);
      if (!before) return { kind: 'unknown' };
      const row = this.#steps.cancel(uid, tx.now);
      if (!row) return { kind: 'ended' };
      const job = toJob(row);
      this.#trail.write(tx.now, by, jobAudited({ before: toJob(before), after: job }));
      return { kind: 'cancelled', job };
    });
  }

  async claim(session: Session): Promise<Job[]> {
    // Mostly there is none.
    if (!this.#reader.read(() => this.#anyRunning.get())) return [];
    return this.#writer.transaction(() => {
      const rows = this.#running.all();
      // Every other session is dead: the lock proves it.
      for (const { uid, owner } of rows) if (owner !== session.id) this.#take.run(session.id, uid);
      return rows.map(toJob);
    });
  }

  async step(request: Parameters<JobStore['step']>[0]): Promise<StepResult | null> {
    return this.#writer.transaction((tx) => this.#steps.step(tx, request));
  }

  #isThere(webhookUid: number): boolean {
    return this.#reader.read(() => this.#livingWebhook.get(webhookUid) !== undefined);
  }
}
