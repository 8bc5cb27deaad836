/** Jobs that send many deliveries again: durable, worked in small groups, by one node at a time. */
import type { Actor } from '../domain/actor.js';
import type { EndState } from '../domain/delivery.js';
import type { PageRequest } from './listing-store.js';
import type { Session } from './session.js';

export type JobState = 'running' | 'done' | 'cancelled';

/** What is to be sent again, and to which webhook. Filters are combined; null: any. */
export interface JobSpec {
  /**
   * `deliveries`: those of the webhook that ended in one of `statuses`. `events`: every event; one that has an
   * ended delivery for the webhook has it resent, one that has an open delivery is skipped, and one that has
   * none is given one. Tests, and their events, are never among them.
   */
  mode: 'deliveries' | 'events';
  webhookUid: number;
  /** Of mode `deliveries`; empty in mode `events`. */
  statuses: EndState[];
  eventTypes: string[] | null;
  sources: string[] | null;
  /** When the delivery (of mode `events`: the event) was accepted, ms, both inclusive. */
  from: number | null;
  to: number | null;
}

/** Times are ms, wall clock of the store. */
export interface Job extends JobSpec {
  uid: number;
  state: JobState;
  /** What it found at its start; once it is done, `done` and `skipped` together. */
  total: number;
  /** Sent again, or given a delivery. */
  done: number;
  /** Could not be: open again by other means, too old, or it matches no more. */
  skipped: number;
  startedAt: number;
  /** null: it is running. */
  endedAt: number | null;
  /** Who started it, by name. */
  startedBy: string;
}

export interface StepResult {
  job: Job;
  /** What this step moved past. */
  passed: number;
  /** Rows of the lane are due and in nobody's hands. */
  spilled: boolean;
}

export interface JobStore {
  /** How much a job would find now; null: no such webhook. */
  count(spec: JobSpec): Promise<number | null>;
  /**
   * Counts, and begins with what has a uid by now: what the job makes is never picked again. Audited. Null: no
   * such webhook.
   */
  start(spec: JobSpec, by: Actor): Promise<Job | null>;
  get(uid: number): Promise<Job | null>;
  list(request: PageRequest & { state: JobState | null }): Promise<{ total: number; rows: Job[] }>;
  /** It passes nothing more from then on; what it sent again stays. Audited. */
  cancel(
    uid: number,
    by: Actor,
  ): Promise<{ kind: 'cancelled'; job: Job } | { kind: 'unknown' } | { kind: 'ended' }>;
  /** Takes running jobs that are in no living session's hands, and returns all that are in this one's. */
  claim(session: Session): Promise<Job[]>;
  /**
   * Moves a job past up to `limit` of what it found, in the order of uids, and only as far as fewer than
   * `dueBelow` rows of its lane are due; rows, progress and place in one transaction. None while the lane is
   * held, but for one where its circuit is open and nothing is owed that it could be probed with. With nothing left the job is `done`; with its webhook deleted it is `cancelled`. Null: it is not in
   * this session's hands, or runs no more.
   */
  step(request: {
    session: Session;
    jobUid: number;
    limit: number;
    dueBelow: number;
  }): Promise<StepResult | null>;
}
