import type { Logger } from 'pino';
import { Refusal } from '../domain/errors.js';
import { afterTest } from '../domain/retry.js';
import { DEFAULT_TIMEOUT_MS } from '../domain/webhook.js';
import { type DeliveryStore, type HeldDelivery, type Session, StoreUnavailable } from '../store/store.js';
import { type AttemptParts, attempt } from './attempt.js';
import { type LogAttempts, logAttempt } from './attempt-log.js';
import { tellAttempt } from './attempt-signals.js';
import type { Directory, Target } from './directory.js';
import type { Outcomes } from './outcomes.js';
import type { EngineSignals } from './signals.js';

export interface WebhookTestsParts extends AttemptParts {
  store: DeliveryStore;
  session: Session;
  directory: Directory;
  outcomes: Outcomes;
  /** As for the dispatcher. */
  mayBegin: () => boolean;
  log: Logger;
  logAttempts: LogAttempts;
  signals: EngineSignals;
}

/** What is sent, as the panels send it. */
const TEST = { eventType: 'log.access_granted_by_api_call', data: '{"test":"success"}' } as const;

/** At once: each holds a connection and somebody's request for as long as a receiver takes. */
export const MAX_TESTS = 16;
const RETRY_AFTER_S = 1;

/** How long an attempt may take, in timeouts: connect, write and read; and a margin for the store, ms. */
const PHASES = 3;
const MARGIN_MS = 2_000;

/**
 * Tests of webhooks: beside the lanes, so that a backlog, or a lane that takes no attempts, does not keep a
 * person waiting; from there on the way of every attempt. The webhook itself is never changed by one.
 */
export class WebhookTests {
  readonly #parts: WebhookTestsParts;
  readonly #underWay = new Set<Promise<void>>();
  #stopping = false;

  constructor(parts: WebhookTestsParts) {
    this.#parts = parts;
  }

  /** As `Engine.test`. */
  async run(webhookUid: number, source: string): Promise<number | null> {
    if (this.#stopping) throw new Refusal('stopping', '', { retryAfter: 5 });
    if (this.#underWay.size >= MAX_TESTS)
      throw new Refusal('too-many-tests', '', { retryAfter: RETRY_AFTER_S });
    if (this.#parts.outcomes.blocked || !this.#parts.mayBegin())
      throw new StoreUnavailable('the store takes no outcomes');
    const test: { uid?: number | null } = {};
    const whole = this.#run(webhookUid, source, test);
    const ended = whole.then(
      () => {},
      () => {},
    );
    this.#underWay.add(ended);
    ended.then(() => this.#underWay.delete(ended));
    await this.#patiently(webhookUid, whole);
    if (test.uid === undefined) throw new StoreUnavailable('the store did not take a test in time');
    return test.uid;
  }

  /** Begins no more; resolves when those under way have ended and are recorded, or were given up. */
  async drain(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#underWay);
  }

  async #run(webhookUid: number, source: string, test: { uid?: number | null }): Promise<void> {
    const { store, session } = this.#parts;
    const delivery = await store.acceptTest({ session, webhookUid, source, ...TEST });
    test.uid = null;
    if (!delivery) return;
    const target = await this.#target(webhookUid);
    if (!target) return this.#giveBack(delivery); // deleted in this very moment
    test.uid = delivery.uid;
    await this.#attempt(delivery, target);
  }

  async #attempt(delivery: HeldDelivery, target: Target): Promise<void> {
    const { session, outcomes, log, logAttempts, signals } = this.#parts;
    try {
      const made = await attempt(this.#parts, session, delivery, target);
      if (!made) return await this.#giveBack(delivery);
      const outcome = { ...made, next: afterTest(made.next), disable: null };
      const result = await outcomes.write(outcome);
      if (!result) return;
      logAttempt(log, logAttempts, delivery, target, outcome, result);
      tellAttempt(signals, this.#parts.clock, delivery, outcome, result, true);
    } catch (error) {
      log.error({ err: error, delivery_uid: delivery.uid }, 'a test met a fault of ours');
      await this.#giveBack(delivery);
    }
  }

  /** The version that is current now: made elsewhere, it may not be known here yet. */
  async #target(webhookUid: number): Promise<Target | undefined> {
    const { directory } = this.#parts;
    if (!directory.get(webhookUid)) await directory.refresh();
    return directory.get(webhookUid);
  }

  /** Ends it; where the store cannot, the end of this session does. */
  async #giveBack({ uid, claimNo }: HeldDelivery): Promise<void> {
    const { store, session, log } = this.#parts;
    await store.release({ session, rows: [{ uid, claimNo }] }).catch((error: unknown) => {
      log.warn({ err: error, delivery_uid: uid }, 'a test could not be ended');
    });
  }

  /** Resolves with `whole`, or when an attempt must have ended long ago: the store does not take its outcome. */
  async #patiently(webhookUid: number, whole: Promise<void>): Promise<void> {
    const { directory, clock } = this.#parts;
    const timeoutMs = directory.get(webhookUid)?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    let expire = () => {};
    const late = new Promise<void>((resolve) => {
      expire = resolve;
    });
    const timer = clock.schedule(PHASES * timeoutMs + MARGIN_MS, expire);
    try {
      await Promise.race([whole, late]);
    } finally {
      timer.cancel();
    }
  }
}
