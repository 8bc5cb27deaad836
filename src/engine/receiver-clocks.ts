import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import { aheadMs, isOff, medianAhead } from '../domain/clock-difference.js';
import { httpDateMs } from '../domain/http-date.js';

/** An answer that came. */
export interface HeardAnswer {
  /** Scheme, host and port. */
  origin: string;
  /** As received, one `name: value` a line. */
  headers: string | null;
  /** ms, our wall clock: when the attempt began. */
  sentAt: number;
}

export interface ClockReading {
  /** It differs by more than a minute. */
  off: boolean;
  /** ms that ours is ahead of theirs, negative: behind, at the least; null: too few were heard. */
  aheadMs: number | null;
  /** Of how many receivers this is known. */
  receivers: number;
}

/** ms */
const FRESH_MS = 3_600_000;
/** Of one receiver; most answers are not looked at. */
const EVERY_MS = 10_000;
const MOST_RECEIVERS = 64;
/** A full table takes no other in for one that was heard within this. */
const KEPT_MS = 60_000;
/** Once our wall clock was set by more, or the machine slept for longer, what was heard before says nothing of it. */
const SET_MS = 10_000;

interface Sample {
  aheadMs: number;
  /** ms, monotonic. */
  at: number;
  /** What our wall clock was before the monotonic one, ms: it changes when the clock is set. */
  wall: number;
}

/** Says when our clock and that of several receivers differ. */
export class ReceiverClocks {
  readonly #clock: Clock;
  readonly #log: Logger;
  /** By origin, those heard last at the end. */
  readonly #samples = new Map<string, Sample>();
  #off = false;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  hear({ origin, headers, sentAt }: HeardAnswer): void {
    if (headers === null) return;
    const [at, now] = [this.#clock.monotonic(), this.#clock.now()];
    const wall = now - at;
    const last = this.#samples.get(origin);
    if (last && at - last.at < EVERY_MS && isSteady(last, wall)) return;
    if (!last && !this.#makeRoom(at)) return;
    const date = dateOf(headers, now);
    if (date === null) return;
    this.#samples.delete(origin);
    this.#samples.set(origin, { aheadMs: aheadMs(date, sentAt, now), at, wall });
    this.#say();
  }

  reading(): ClockReading {
    const at = this.#clock.monotonic();
    const wall = this.#clock.now() - at;
    const fresh = [...this.#samples.values()].filter(
      (sample) => at - sample.at < FRESH_MS && isSteady(sample, wall),
    );
    const median = medianAhead(fresh.map((sample) => sample.aheadMs));
    return { off: isOff(median, this.#off), aheadMs: median, receivers: fresh.length };
  }

  #makeRoom(at: number): boolean {
    if (this.#samples.size < MOST_RECEIVERS) return true;
    for (const [origin, oldest] of this.#samples) {
      if (at - oldest.at < KEPT_MS) return false;
      this.#samples.delete(origin);
      return true;
    }
    return true;
  }

  #say(): void {
    const { off, aheadMs: ahead, receivers } = this.reading();
    if (off === this.#off || ahead === null) return;
    this.#off = off;
    const told = { ahead_ms: ahead, receivers };
    if (!off) {
      this.#log.info(told, 'the clock and those of receivers agree again');
      return;
    }
    const how = ahead > 0 ? 'ahead of' : 'behind';
    this.#log.warn(
      told,
      `the clock is more than a minute ${how} those of receivers: set it, or signatures and times are taken for wrong`,
    );
  }
}

function isSteady(sample: Sample, wall: number): boolean {
  return Math.abs(wall - sample.wall) <= SET_MS;
}

/** null: there is none, or it is that of an answer that a cache has kept. */
function dateOf(headers: string, now: number): number | null {
  const date = /^date: *(.*?) *$/im.exec(headers)?.[1];
  return date === undefined || /^age:/im.test(headers) ? null : httpDateMs(date, now);
}
