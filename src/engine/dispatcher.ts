import type { Logger } from 'pino';
import type { HeldDelivery, OutcomeRequest, OutcomeResult, Session } from '../store/store.js';
import { type AttemptParts, attempt } from './attempt.js';
import { type LogAttempts, logAttempt } from './attempt-log.js';
import type { Directory, Target } from './directory.js';
import type { Lane } from './lane.js';
import type { Outcomes } from './outcomes.js';
import { Ring, type RingLimits } from './ring.js';

export interface DispatcherParts extends AttemptParts {
  session: Session;
  directory: Directory;
  outcomes: Outcomes;
  limits: RingLimits;
  log: Logger;
  logAttempts: LogAttempts;
  /** The outcome of a delivery of this lane is stored. */
  onRecorded: (lane: Lane, result: Extract<OutcomeResult, { kind: 'recorded' }>) => void;
  /** A delivery could not be attempted or recorded through a fault of ours: it must go back. */
  onFault: (lane: Lane, delivery: HeldDelivery) => void;
}

/** Begins attempts as the limits allow, and sees each one to its recorded outcome. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #ring: Ring;
  #pumping = false;
  #stopping = false;
  /** Called when nothing is under way any more; set by `drain`. */
  #onIdle: (() => void) | null = null;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#ring = new Ring(parts.limits);
  }

  get inFlight(): number {
    return this.#ring.inFlight;
  }

  /** This lane may have something to attempt. */
  enter(lane: Lane): void {
    this.#ring.enter(lane);
    this.pump();
  }

  /** Begins no more; resolves when what is under way has ended and is recorded. */
  drain(): Promise<void> {
    this.#stopping = true;
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
      const delivery = turn.lane.ready.shift();
      const target = this.#parts.directory.get(turn.lane.webhookUid);
      if (!delivery || !target) throw new Error('the ring gave a turn to a lane that has none');
      this.#begin(turn.lane, turn.origin, delivery, target);
      this.#ring.enter(turn.lane);
    }
    this.#pumping = false;
    if (this.#ring.inFlight === 0 && this.#parts.outcomes.unwritten === 0) this.#onIdle?.();
  }

  #mayBegin(): boolean {
    const { outcomes, limits } = this.#parts;
    return !this.#stopping && !outcomes.blocked && outcomes.unwritten < limits.total;
  }

  #origin(lane: Lane): string | null {
    const target = this.#parts.directory.get(lane.webhookUid);
    return target?.webhook.status === 'active' ? target.origin : null;
  }

  #begin(lane: Lane, origin: string, delivery: HeldDelivery, target: Target): void {
    attempt(this.#parts, this.#parts.session, delivery, target).then(
      (outcome) => {
        // Counted as unwritten before the slot is free: `drain` must never see neither.
        if (outcome) this.#record(lane, delivery, target, outcome);
        this.#ring.leave(lane, origin);
        // Cut off by a want of ours, as of open files; by a stop, the end of the session gives it back.
        if (!outcome && !this.#stopping) this.#unbegun(lane, delivery);
        this.pump(); // the connection is free while the outcome is on its way to the disk
      },
      (error: unknown) => {
        this.#ring.leave(lane, origin);
        this.#fault(lane, delivery, error);
      },
    );
  }

  #record(lane: Lane, delivery: HeldDelivery, target: Target, outcome: OutcomeRequest): void {
    this.#parts.outcomes.write(outcome).then(
      (result) => {
        if (result) logAttempt(this.#parts.log, this.#parts.logAttempts, delivery, target, outcome, result);
        if (result?.kind === 'recorded') this.#parts.onRecorded(lane, result);
        this.pump();
      },
      (error: unknown) => this.#fault(lane, delivery, error),
    );
  }

  #unbegun(lane: Lane, delivery: HeldDelivery): void {
    this.#parts.log.warn(
      { delivery_uid: delivery.uid },
      'an attempt could not be made for want of open files or memory here',
    );
    this.#parts.onFault(lane, delivery);
  }

  #fault(lane: Lane, delivery: HeldDelivery, error: unknown): void {
    this.#parts.log.error({ err: error, delivery_uid: delivery.uid }, 'a delivery met a fault of ours');
    this.#parts.onFault(lane, delivery);
    this.pump();
  }
}
