import type { Logger } from 'pino';
import { isTooOld } from '../domain/freshness.js';
import { type Heard, heard } from '../domain/width.js';
import type { HeldDelivery, OutcomeRequest, OutcomeResult, Session } from '../store/store.js';
import { Alarms } from './alarms.js';
import { type AttemptParts, attempt } from './attempt.js';
import { type LogAttempts, logAttempt } from './attempt-log.js';
import { tellAttempt } from './attempt-signals.js';
import type { Judgement, Made } from './circuit.js';
import type { Directory, Target } from './directory.js';
import type { Lane } from './lane.js';
import type { Outcomes } from './outcomes.js';
import type { Place } from './places.js';
import { Ring, type RingLimits } from './ring.js';
import type { EngineSignals } from './signals.js';

export interface DispatcherParts extends AttemptParts {
  session: Session;
  directory: Directory;
  outcomes: Outcomes;
  /** False: this node may be taken for dead, or does not know the webhooks as they are. */
  mayBegin: () => boolean;
  limits: RingLimits;
  log: Logger;
  logAttempts: LogAttempts;
  /** The outcome of a delivery of this lane is stored. */
  onRecorded: (lane: Lane, outcome: OutcomeRequest, result: OutcomeResult) => void;
  /** The circuit opened with an outcome that is on its way to the store. */
  onOpened: (lane: Lane) => void;
  /** These are too old to be sent. */
  onTooOld: (lane: Lane, deliveries: HeldDelivery[]) => void;
  /** Nothing of this ordered lane is under way any more. */
  onFree: (lane: Lane) => void;
  signals: EngineSignals;
  /** A delivery could not be attempted or recorded through a fault of ours: it must go back. */
  onFault: (lane: Lane, delivery: HeldDelivery, unrecorded: OutcomeRequest | null) => void;
}

/** Begins attempts as the limits allow, and sees each one to its recorded outcome. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #ring: Ring;
  /** Rings for lanes that their rate limit holds up. */
  readonly #alarms: Alarms;
  readonly #limited = new Map<number, Lane>();
  #pumping = false;
  #stopping = false;
  /** Called when nothing is under way any more; set by `drain`. */
  #onIdle: (() => void) | null = null;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#ring = new Ring(parts.limits);
    this.#alarms = new Alarms(parts.clock, (uid) => this.#again(uid));
  }

  get inFlight(): number {
    return this.#ring.inFlight;
  }

  /** This lane may have something to attempt. */
  enter(lane: Lane): void {
    this.#ring.enter(lane);
    this.pump();
  }

  /** Its webhook may have another origin now. */
  moved(lane: Lane): void {
    this.#ring.moved(lane);
  }

  /** Begins no more; resolves when what is under way has ended and is recorded. */
  drain(): Promise<void> {
    this.#stopping = true;
    this.#alarms.clear();
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.pump(); // tells when nothing was under way at all
    });
  }

  /** Begins as many attempts as the limits allow. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#mayBegin()) {
      const turn = this.#ring.next((lane) => this.#origin(lane));
      if (!turn) break;
      const { lane } = turn;
      const delivery = lane.ready.shift();
      const target = this.#parts.directory.get(lane.webhookUid);
      if (!delivery || !target) throw new Error('the ring gave a turn to a lane that has none');
      if (perSecond(lane, target) !== null) lane.rate.begin(this.#parts.clock.monotonic());
      this.#begin(lane, turn.place, delivery, target);
      this.#ring.enter(lane);
    }
    this.#pumping = false;
    if (this.#ring.inFlight === 0 && this.#parts.outcomes.unwritten === 0) this.#onIdle?.();
  }

  #mayBegin(): boolean {
    const { outcomes, limits, mayBegin } = this.#parts;
    return !this.#stopping && !outcomes.blocked && outcomes.unwritten < limits.total && mayBegin();
  }

  #origin(lane: Lane): string | null {
    const target = this.#parts.directory.get(lane.webhookUid);
    if (target?.webhook.status !== 'active' || !mayAttempt(lane, target)) return null;
    this.#dropTooOld(lane, target);
    if (lane.ready.length === 0 || this.#isLimited(lane, target)) return null;
    return target.origin;
  }

  #dropTooOld(lane: Lane, { webhook }: Target): void {
    if (webhook.maxAge === null) return;
    const now = this.#parts.clock.now();
    const tooOld: HeldDelivery[] = [];
    for (let first = lane.ready.peek(); first; first = lane.ready.peek()) {
      if (!isTooOld(first.event.createdAt, webhook.maxAge, now)) break;
      lane.ready.shift();
      tooOld.push(first);
    }
    if (tooOld.length > 0) this.#parts.onTooOld(lane, tooOld);
  }

  #isLimited(lane: Lane, target: Target): boolean {
    const rate = perSecond(lane, target);
    if (rate === null) return false;
    const waitMs = lane.rate.waitMs(rate, this.#parts.clock.monotonic());
    if (waitMs <= 0) return false;
    this.#limited.set(lane.webhookUid, lane);
    this.#alarms.set(lane.webhookUid, waitMs);
    return true;
  }

  #again(webhookUid: number): void {
    const lane = this.#limited.get(webhookUid);
    this.#limited.delete(webhookUid);
    if (lane) this.enter(lane);
  }

  #begin(lane: Lane, place: Place, delivery: HeldDelivery, target: Target): void {
    const { circuit } = lane;
    const probe = circuit.health === 'open';
    const judge = (made: Made) => this.#judge(lane, target, made, probe);
    attempt(this.#parts, this.#parts.session, delivery, target, judge).then(
      (outcome) => {
        if (probe && !outcome) circuit.probing = false;
        const leave = () => this.#ring.leave(lane, place, outcome && heardOf(outcome));
        // The next of an ordered lane waits until this one's outcome is stored, whatever then happens to us.
        const { ordered } = target.webhook;
        // Counted as unwritten before the slot is free: `drain` must never see neither.
        if (outcome) this.#record(lane, delivery, target, outcome, ordered ? leave : () => {});
        if (!outcome || !ordered) leave();
        // Cut off by a want of ours, as of open files; by a stop, the end of the session gives it back.
        if (!outcome && !this.#stopping) this.#unbegun(lane, delivery);
        this.pump(); // the connection is free while the outcome is on its way to the disk
      },
      (error: unknown) => {
        if (probe) circuit.probing = false;
        this.#ring.leave(lane, place, null);
        this.#fault(lane, delivery, error);
      },
    );
  }

  /** What failed at a former URL says nothing of the present one. */
  #judge(lane: Lane, target: Target, made: Made, probe: boolean): Judgement {
    const { next, disable } = made;
    const now = this.#parts.directory.get(lane.webhookUid)?.webhook;
    if (now?.url !== target.webhook.url || now.status !== 'active')
      return { next, disable, probe, lane: null };
    const before = lane.circuit.health;
    const judgement = lane.circuit.judge(made, probe);
    if (before !== 'open' && lane.circuit.health === 'open') this.#parts.onOpened(lane);
    return judgement;
  }

  #record(
    lane: Lane,
    delivery: HeldDelivery,
    target: Target,
    outcome: OutcomeRequest,
    leave: () => void,
  ): void {
    const { outcomes, log, logAttempts, signals } = this.#parts;
    const { ordered } = target.webhook;
    outcomes.write(outcome).then(
      (result) => {
        if (outcome.probe) lane.circuit.probing = false;
        if (result) {
          logAttempt(log, logAttempts, delivery, target, outcome, result);
          tellAttempt(signals, this.#parts.clock, delivery, outcome, result);
          this.#parts.onRecorded(lane, outcome, result);
        }
        leave();
        if (ordered) this.#parts.onFree(lane);
        this.pump();
      },
      (error: unknown) => {
        if (outcome.probe) lane.circuit.probing = false;
        leave();
        this.#fault(lane, delivery, error, outcome);
      },
    );
  }

  #unbegun(lane: Lane, delivery: HeldDelivery): void {
    this.#parts.log.warn(
      { delivery_uid: delivery.uid },
      'an attempt could not be made for want of open files or memory here',
    );
    this.#parts.onFault(lane, delivery, null);
  }

  #fault(lane: Lane, delivery: HeldDelivery, error: unknown, unrecorded: OutcomeRequest | null = null): void {
    this.#parts.log.error({ err: error, delivery_uid: delivery.uid }, 'a delivery met a fault of ours');
    this.#parts.onFault(lane, delivery, unrecorded);
    this.pump();
  }
}

function heardOf({ attempt: { responseStatus, error } }: OutcomeRequest): Heard {
  return heard({ responseStatus, errorKind: error?.kind ?? null });
}

function mayAttempt({ circuit, broken, inFlight }: Lane, { webhook }: Target): boolean {
  if (circuit.health === 'open') return circuit.probing;
  return !webhook.ordered || (!broken && inFlight === 0);
}

/** Attempts that may begin in a second; null: any number. */
function perSecond({ circuit }: Lane, { webhook }: Target): number | null {
  const draining = circuit.rate();
  if (draining === null) return webhook.rateLimit;
  return Math.min(draining, webhook.rateLimit ?? draining);
}
