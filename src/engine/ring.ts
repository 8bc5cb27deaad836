import { Fifo } from './fifo.js';
import type { Lane } from './lane.js';

export interface RingLimits {
  /** Attempts under way over all lanes. */
  total: number;
  perLane: number;
  perOrigin: number;
}

/**
 * Who may begin the next attempt: lanes by turn, one attempt a turn, so that a flood in one lane delays
 * another by one attempt and not by its length. A lane whose origin is full waits beside the ring and
 * comes back when that origin has room.
 */
export class Ring {
  readonly #limits: RingLimits;
  readonly #runnable = new Fifo<Lane>();
  readonly #waiting = new Map<string, Fifo<Lane>>();
  readonly #originInFlight = new Map<string, number>();
  #inFlight = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Puts a lane in line, if it has something to do and does not stand there yet. */
  enter(lane: Lane): void {
    if (lane.queued || lane.ready.length === 0 || lane.inFlight >= this.#limits.perLane) return;
    lane.queued = true;
    this.#runnable.push(lane);
  }

  /**
   * The next lane that may begin an attempt, with the slot taken; null when none may.
   * @param originOf the lane's origin now; null when the lane takes no attempts
   */
  next(originOf: (lane: Lane) => string | null): { lane: Lane; origin: string } | null {
    while (this.#inFlight < this.#limits.total) {
      const lane = this.#runnable.shift();
      if (!lane) return null;
      lane.queued = false;
      const origin = lane.ready.length === 0 ? null : originOf(lane);
      const { calledFor } = lane;
      lane.calledFor = null;
      // The room it was called for goes to the next in line, or that line would never move again.
      if (calledFor !== null && calledFor !== origin) this.#call(calledFor);
      if (origin === null) continue;
      const busy = this.#originInFlight.get(origin) ?? 0;
      if (busy >= this.#limits.perOrigin) {
        this.#wait(origin, lane);
        continue;
      }
      this.#originInFlight.set(origin, busy + 1);
      this.#inFlight++;
      lane.inFlight++;
      return { lane, origin };
    }
    return null;
  }

  /** Gives the slot of an attempt back. */
  leave(lane: Lane, origin: string): void {
    this.#inFlight--;
    lane.inFlight--;
    const busy = (this.#originInFlight.get(origin) ?? 1) - 1;
    if (busy > 0) this.#originInFlight.set(origin, busy);
    else this.#originInFlight.delete(origin);
    this.#call(origin);
    this.enter(lane);
  }

  /** Its webhook may have another origin now: it need not wait in the line of the old one. */
  moved(lane: Lane): void {
    if (lane.waitsFor === null) return;
    lane.waitsFor = null; // the old line passes it over
    lane.queued = false;
    this.enter(lane);
  }

  /** The first of those that wait for this origin may try again. */
  #call(origin: string): void {
    const waiting = this.#waiting.get(origin);
    let next = waiting?.shift();
    while (next && next.waitsFor !== origin) next = waiting?.shift();
    if (waiting?.length === 0) this.#waiting.delete(origin);
    if (!next) return;
    next.waitsFor = null;
    next.calledFor = origin;
    this.#runnable.push(next);
  }

  #wait(origin: string, lane: Lane): void {
    let waiting = this.#waiting.get(origin);
    if (!waiting) {
      waiting = new Fifo();
      this.#waiting.set(origin, waiting);
    }
    lane.queued = true;
    lane.waitsFor = origin;
    waiting.push(lane);
  }
}
