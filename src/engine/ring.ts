import type { Heard } from '../domain/width.js';
import { Fifo } from './fifo.js';
import type { Lane } from './lane.js';
import { type Place, type PlaceLimits, Places } from './places.js';

export interface RingLimits extends PlaceLimits {
  perLane: number;
}

/**
 * Who may begin the next attempt: lanes by turn, one attempt a turn, so that a flood in one lane delays
 * another by one attempt and not by its length. A lane whose origin is full waits beside the ring and
 * comes back when that origin has room.
 */
export class Ring {
  readonly #limits: RingLimits;
  readonly #places: Places;
  readonly #runnable = new Fifo<Lane>();
  readonly #waiting = new Map<string, Fifo<Lane>>();
  /** Origins with nothing under way that could call those that wait: all places for trials are taken. */
  readonly #starved = new Set<string>();

  constructor(limits: RingLimits) {
    this.#limits = limits;
    this.#places = new Places(limits);
  }

  get inFlight(): number {
    return this.#places.taken;
  }

  /** Puts a lane in line, if it has something to do and does not stand there yet. */
  enter(lane: Lane): void {
    if (lane.queued || lane.ready.length === 0 || lane.inFlight >= this.#limits.perLane) return;
    lane.queued = true;
    this.#runnable.push(lane);
  }

  /**
   * The next lane that may begin an attempt, with the place taken; null when none may.
   * @param originOf the lane's origin now; null when the lane takes no attempts
   */
  next(originOf: (lane: Lane) => string | null): { lane: Lane; place: Place } | null {
    while (!this.#places.allTaken) {
      const lane = this.#runnable.shift();
      if (!lane) {
        if (!this.#callStarved()) return null;
        continue;
      }
      lane.queued = false;
      const origin = lane.ready.length === 0 ? null : originOf(lane);
      const { calledFor } = lane;
      lane.calledFor = null;
      // The room it was called for goes to the next in line, or that line would never move again.
      if (calledFor !== null && calledFor !== origin) this.#call(calledFor);
      if (origin === null) continue;
      const place = this.#places.take(origin);
      if (!place) {
        this.#wait(origin, lane);
        continue;
      }
      lane.inFlight++;
      return { lane, place };
    }
    return null;
  }

  /** Gives the place of an attempt back, and tells how it ended. */
  leave(lane: Lane, place: Place, what: Heard): void {
    lane.inFlight--;
    this.#places.leave(place, what);
    this.#call(place.origin);
    // What it answered may have made room for another.
    if (this.#places.room(place.origin) > 1) this.#call(place.origin);
    if (place.onTrial) this.#callStarved();
    this.enter(lane);
  }

  /** Its webhook may have another origin now: it need not wait in the line of the old one. */
  moved(lane: Lane): void {
    if (lane.waitsFor === null) return;
    lane.waitsFor = null; // the old line passes it over
    lane.queued = false;
    this.enter(lane);
  }

  /** The first of those that wait for this origin may try again; false: nobody waits. */
  #call(origin: string): boolean {
    const waiting = this.#waiting.get(origin);
    let next = waiting?.shift();
    while (next && next.waitsFor !== origin) next = waiting?.shift();
    if (waiting?.length === 0) this.#waiting.delete(origin);
    if (!next) return false;
    next.waitsFor = null;
    next.calledFor = origin;
    this.#runnable.push(next);
    return true;
  }

  /** One that waits for a place for trials, where there is one; false: nobody does, or there is none. */
  #callStarved(): boolean {
    if (!this.#places.roomForTrials) return false;
    for (const origin of this.#starved) {
      this.#starved.delete(origin);
      if (this.#call(origin)) return true;
    }
    return false;
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
    if (this.#places.at(origin) === 0) this.#starved.add(origin);
  }
}
