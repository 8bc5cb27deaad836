import { Refusal } from '../domain/errors.js';

export interface TurnLimits {
  /** Pieces of work that run at the same time. */
  atOnce: number;
  /** Strangers that wait, all together. */
  mostWaiting: number;
  /** Strangers that wait, of one origin. */
  mostOfOne: number;
}

interface Waiting {
  begin: () => void;
  refuse: (refusal: Refusal) => void;
}

/**
 * Turns for work that strangers cause and that costs much. They go round by origin, so that one with many
 * connections takes no more than its turn. When too many wait, the origin with the most of them gives way.
 * Those who are known go first, and are never refused.
 */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #known: (() => void)[] = [];
  /** In the order in which their turn comes. None is empty. */
  readonly #lanes = new Map<string, Waiting[]>();
  #running = 0;
  #waiting = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * @param origin null: somebody known
   * @throws Refusal `store-unavailable`, and what `work` throws
   */
  async take<T>(origin: string | null, work: () => Promise<T>): Promise<T> {
    // The one that ends hands its turn over: `#running` stays as it is.
    if (this.#running >= this.#limits.atOnce) await this.#wait(origin);
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#next();
      if (next) next();
      else this.#running--;
    }
  }

  #wait(origin: string | null): Promise<void> {
    if (origin === null) return new Promise((resolve) => this.#known.push(resolve));
    const lane = this.#lanes.get(origin) ?? [];
    if (lane.length >= this.#limits.mostOfOne || !this.#makeRoom(lane.length)) throw busy();
    return new Promise((begin, refuse) => {
      lane.push({ begin, refuse });
      this.#lanes.set(origin, lane);
      this.#waiting++;
    });
  }

  /** @param length of the lane that asks */
  #makeRoom(length: number): boolean {
    if (this.#waiting < this.#limits.mostWaiting) return true;
    const longest = [...this.#lanes.values()].reduce((one, other) =>
      other.length > one.length ? other : one,
    );
    if (longest.length <= length + 1) return false;
    // Its last: those before it have waited longer.
    longest.pop()?.refuse(busy());
    this.#waiting--;
    return true;
  }

  #next(): (() => void) | undefined {
    const known = this.#known.shift();
    if (known) return known;
    const [first] = this.#lanes;
    if (!first) return undefined;
    const [origin, lane] = first;
    const next = lane.shift();
    this.#waiting--;
    this.#lanes.delete(origin);
    if (lane.length > 0) this.#lanes.set(origin, lane);
    return next?.begin;
  }
}

function busy(): Refusal {
  return new Refusal('store-unavailable', '', { retryAfter: 1 });
}
