import { FIRST_WIDTH, type Heard, NARROW, TRIAL, type Width, widthAfter } from '../domain/width.js';

export interface PlaceLimits {
  /** Attempts under way over all origins. */
  total: number;
  perOrigin: number;
}

/** One attempt under way. */
export interface Place {
  readonly origin: string;
  /** It was begun while its origin was on trial. */
  readonly onTrial: boolean;
}

interface OriginPlaces {
  underWay: number;
  width: Width;
}

/** Origins without an attempt under way of which it is remembered that they answer. */
const REMEMBERED = 4_096;

/**
 * How many attempts are under way at each origin, and whether one more may be. Origins on trial have half of all
 * places together, and each fewer the fewer are left of it; the same holds, more loosely, for one origin and all
 * places. So hanging receivers, however many, leave room for those that answer.
 */
export class Places {
  readonly #limits: PlaceLimits;
  readonly #forTrials: number;
  readonly #origins = new Map<string, OriginPlaces>();
  /** Those that answer and have nothing under way, in the order in which they came to that. */
  readonly #known = new Set<string>();
  #taken = 0;
  #onTrial = 0;

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
    this.#forTrials = Math.max(1, Math.floor(limits.total / 2));
  }

  get taken(): number {
    return this.#taken;
  }

  get allTaken(): boolean {
    return this.#taken >= this.#limits.total;
  }

  /** Another origin on trial may have a place. */
  get roomForTrials(): boolean {
    return this.#onTrial < this.#forTrials;
  }

  /** Attempts under way at this origin. */
  at(origin: string): number {
    return this.#origins.get(origin)?.underWay ?? 0;
  }

  /** How many more may begin at this origin now. */
  room(origin: string): number {
    const { underWay, width } = this.#origins.get(origin) ?? { underWay: 0, width: this.#firstWidth(origin) };
    return this.#most(width) - underWay;
  }

  /** Null: it has no room now. */
  take(origin: string): Place | null {
    let places = this.#origins.get(origin);
    const width = places?.width ?? this.#firstWidth(origin);
    if ((places?.underWay ?? 0) >= this.#most(width)) return null;
    if (!places) {
      places = { underWay: 0, width };
      this.#origins.set(origin, places);
      this.#known.delete(origin);
    }
    places.underWay++;
    this.#taken++;
    if (width.onTrial) this.#onTrial++;
    return { origin, onTrial: width.onTrial };
  }

  leave({ origin, onTrial }: Place, what: Heard): void {
    this.#taken--;
    if (onTrial) this.#onTrial--;
    const places = this.#origins.get(origin);
    if (!places) return;
    places.width = widthAfter(places.width, what, places.underWay, this.#limits.perOrigin);
    places.underWay--;
    if (places.underWay > 0) return;
    this.#origins.delete(origin);
    if (!places.width.onTrial) this.#remember(origin);
  }

  #most({ attempts, onTrial }: Width): number {
    const free = this.#limits.total - this.#taken;
    if (!onTrial) return Math.min(attempts, this.#limits.perOrigin, Math.ceil(free / 4));
    const left = Math.max(0, this.#forTrials - this.#onTrial);
    return Math.min(this.#limits.perOrigin, Math.ceil((TRIAL * left) / this.#forTrials), free);
  }

  #firstWidth(origin: string): Width {
    return this.#known.has(origin) ? { attempts: NARROW, onTrial: false } : FIRST_WIDTH;
  }

  #remember(origin: string): void {
    this.#known.add(origin);
    if (this.#known.size <= REMEMBERED) return;
    for (const oldest of this.#known) {
      this.#known.delete(oldest);
      return;
    }
  }
}
