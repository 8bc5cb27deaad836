import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import type { Webhook } from '../domain/webhook.js';
import { type Job, type JobStore, type Session, StoreUnavailable } from '../store/store.js';
import { POLL_MS } from './limits.js';
import type { EngineSignals } from './signals.js';

/** Rows a transaction, and rows due in the lane that a job fills up to: what is fresh waits behind no more. */
const GROUP = 256;
/** An ordered lane sends one at a time, and what is sent again goes first. */
const ORDERED_GROUP = 16;
/** ms between two groups of a job; longer each time while nothing can be sent again. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** Progress is told once in this time, and at its end. */
const TOLD_MS = 1_000;

export interface JobsParts {
  store: JobStore;
  clock: Clock;
  log: Logger;
  signals: EngineSignals;
  /** What the lane is like; undefined: not known here. */
  webhook: (uid: number) => Webhook | undefined;
  /** The session as it is now; null: none may begin anything. */
  session: () => Session | null;
  /** Rows of this lane are due. */
  wake: (webhookUid: number) => void;
}

/** Works the jobs that are in this node's hands, a small group at a time, at the pace at which their lanes send. */
export class Jobs {
  readonly #parts: JobsParts;
  readonly #toldAt = new Map<number, number>();
  #jobs: Job[] = [];
  /** By the monotonic clock. */
  #claimAt = Number.NEGATIVE_INFINITY;
  #pauseMs = FIRST_PAUSE_MS;
  #timer: Timer | null = null;
  #round: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(parts: JobsParts) {
    this.#parts = parts;
  }

  /** Also: a job was started or cancelled, here or elsewhere. Before the engine runs nothing is found. */
  wake(): void {
    this.#claimAt = Number.NEGATIVE_INFINITY;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#begin();
  }

  /** Waits for the group that is under way. Twice, and before `wake`, is fine. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#round;
  }

  #begin(): void {
    if (this.#stopped) return;
    if (this.#round) {
      this.#again = true;
      return;
    }
    this.#timer?.cancel();
    this.#again = false;
    this.#round = this.#work()
      .catch((error: unknown) => {
        this.#failed(error);
        return POLL_MS;
      })
      .then((pauseMs) => {
        this.#round = null;
        if (this.#stopped) return;
        if (this.#again) this.#begin();
        else this.#timer = this.#parts.clock.schedule(pauseMs, () => this.#begin());
      });
  }

  /** One group of each job. @returns ms until the next */
  async #work(): Promise<number> {
    const { store, clock } = this.#parts;
    const session = this.#parts.session();
    if (!session) return POLL_MS;
    if (clock.monotonic() >= this.#claimAt) {
      this.#jobs = await store.claim(session);
      this.#claimAt = clock.monotonic() + POLL_MS;
    }
    if (this.#jobs.length === 0) return POLL_MS;
    const running: Job[] = [];
    let passed = 0;
    for (const job of this.#jobs) {
      if (this.#stopped) return POLL_MS;
      const dueBelow = roomIn(this.#parts.webhook(job.webhookUid));
      const step = await store
        .step({ session, jobUid: job.uid, limit: GROUP, dueBelow })
        .catch((error: unknown) => this.#failed(error, job));
      if (!step) continue; // cancelled, in other hands, or left to the next claim
      passed += step.passed;
      if (step.spilled) this.#parts.wake(job.webhookUid);
      if (step.passed > 0 || step.job.state !== 'running') this.#tell(step.job);
      if (step.job.state === 'running') running.push(step.job);
    }
    this.#jobs = running;
    this.#pauseMs = passed > 0 ? FIRST_PAUSE_MS : Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    return this.#pauseMs;
  }

  /** The other jobs go on. */
  #failed(error: unknown, job?: Job): null {
    const { log } = this.#parts;
    const of = job ? { job_uid: job.uid, webhook_uid: job.webhookUid } : {};
    if (error instanceof StoreUnavailable) log.warn({ ...of, err: error }, 'a job waits for the store');
    else log.error({ ...of, err: error }, 'a job met a fault of ours, it is tried again');
    return null;
  }

  #tell(job: Job): void {
    const { clock, signals, log } = this.#parts;
    const now = clock.monotonic();
    if (job.state === 'running') {
      if (now < (this.#toldAt.get(job.uid) ?? Number.NEGATIVE_INFINITY) + TOLD_MS) return;
      this.#toldAt.set(job.uid, now);
    } else {
      this.#toldAt.delete(job.uid);
      const { uid, webhookUid, state, total, done, skipped } = job;
      log.info({ job_uid: uid, webhook_uid: webhookUid, state, total, done, skipped }, 'a resend has ended');
    }
    tellJob(signals, clock, job);
  }
}

export function tellJob(signals: EngineSignals, clock: Clock, job: Job): void {
  signals.emit('job', () => ({
    jobUid: job.uid,
    webhookUid: job.webhookUid,
    state: job.state,
    total: job.total,
    done: job.done,
    skipped: job.skipped,
    at: clock.now(),
  }));
}

/** Rows due up to which a job fills its lane: not more than about a second of what a limited one sends. */
function roomIn(webhook: Webhook | undefined): number {
  const most = webhook?.ordered ? ORDERED_GROUP : GROUP;
  return Math.min(most, webhook?.rateLimit ?? most);
}
