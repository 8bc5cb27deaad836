const SECOND_MS = 1000;

/** Attempts that began in the same millisecond. */
interface Begun {
  at: number;
  count: number;
}

/**
 * How many began in the last second, to the millisecond. A bucket that is refilled drop by drop lets twice its
 * size through in one second, when it was full before; here what was spent comes back exactly a second later.
 * The memory is bounded by the milliseconds of a second, whatever the limit is.
 */
export class RateLimit {
  #begun: Begun[] = [];
  #head = 0;
  #count = 0;
  /** Nothing begins before: what an earlier process sent in its last second is not known. */
  readonly #notBefore: number;

  /** @param notBefore ms, of the same clock as all other times */
  constructor(notBefore = Number.NEGATIVE_INFINITY) {
    this.#notBefore = notBefore;
  }

  /** ms until one more may begin, 0: now. `perSecond` may be another each time. */
  waitMs(perSecond: number, now: number): number {
    if (now < this.#notBefore) return this.#notBefore - now;
    this.#forget(now);
    let over = this.#count - perSecond + 1;
    if (over <= 0) return 0;
    // As many as are over must be a second old.
    for (let place = this.#head; place < this.#begun.length; place++) {
      const one = this.#begun[place];
      if (!one) break;
      over -= one.count;
      if (over <= 0) return one.at + SECOND_MS - now;
    }
    return 0;
  }

  /** One begins now. */
  begin(now: number): void {
    // Rounded up, so that none comes back before its second is over.
    const at = Math.ceil(now);
    const last = this.#begun.at(-1);
    if (last && last.at >= at) last.count += 1;
    else this.#begun.push({ at, count: 1 });
    this.#count += 1;
  }

  #forget(now: number): void {
    for (;;) {
      const first = this.#begun[this.#head];
      if (!first || first.at + SECOND_MS > now) break;
      this.#count -= first.count;
      this.#head += 1;
    }
    if (this.#head === this.#begun.length) {
      this.#begun = [];
      this.#head = 0;
    } else if (this.#head > SECOND_MS) {
      this.#begun = this.#begun.slice(this.#head);
      this.#head = 0;
    }
  }
}
