import type { Clock, Timer } from '../clock.js';

interface Alarm {
  at: number;
  lane: number;
}

/**
 * Wakes lanes when their next delivery falls due: a binary heap and one timer, so that ten thousand
 * lanes that wait for a retry cost one timer. One lane may have several alarms; a needless one costs
 * an empty claim, a missing one would cost a poll interval.
 */
export class Alarms {
  readonly #clock: Clock;
  readonly #ring: (lane: number) => void;
  #heap: Alarm[] = [];
  /** Earliest alarm set per lane, so that a thousand retries of one lane set few alarms. */
  #earliest = new Map<number, number>();
  #timer: { at: number; timer: Timer } | null = null;

  constructor(clock: Clock, ring: (lane: number) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings for `lane` in `delayMs`, unless an alarm of that lane rings earlier. */
  set(lane: number, delayMs: number): void {
    const at = this.#clock.monotonic() + Math.max(0, delayMs);
    const earliest = this.#earliest.get(lane);
    if (earliest !== undefined && earliest <= at) return;
    this.#earliest.set(lane, at);
    this.#push({ at, lane });
    this.#arm();
  }

  clear(): void {
    this.#timer?.timer.cancel();
    this.#timer = null;
    this.#heap = [];
    this.#earliest.clear();
  }

  #arm(): void {
    const first = this.#heap[0];
    if (!first) return;
    if (this.#timer) {
      if (this.#timer.at <= first.at) return;
      this.#timer.timer.cancel();
    }
    const delay = first.at - this.#clock.monotonic();
    this.#timer = { at: first.at, timer: this.#clock.schedule(delay, () => this.#fire()) };
  }

  #fire(): void {
    this.#timer = null;
    // Timers may fire up to a millisecond early.
    const now = this.#clock.monotonic() + 1;
    const due: number[] = [];
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#pop();
      if (this.#earliest.get(first.lane) !== first.at) continue; // an earlier one has rung already
      this.#earliest.delete(first.lane);
      due.push(first.lane);
    }
    for (const lane of due) this.#ring(lane);
    this.#arm();
  }

  #push(alarm: Alarm): void {
    const heap = this.#heap;
    let i = heap.push(alarm) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as Alarm;
      if (above.at <= alarm.at) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = alarm;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      const left = heap[child] as Alarm;
      const right = heap[child + 1];
      if (right && right.at < left.at) child++;
      const lower = heap[child] as Alarm;
      if (lower.at >= last.at) break;
      heap[i] = lower;
      i = child;
    }
    heap[i] = last;
  }
}
