import dns from 'node:dns/promises';
import { type Clock, systemClock } from '../clock.js';
import { LookupPlaces, type Manner } from './lookup-places.js';

/** All addresses of a name, IPv4 and IPv6, in the order to try them; rejects when it has none. */
export type Resolver = (name: string) => Promise<string[]>;

export interface LookupOptions {
  /** Default: the system's. */
  resolve?: Resolver;
  /** Answers age by its monotonic time; default: the system's. The limit is in real time, as names are. */
  clock?: Clock;
  /** Questions under way at a time; default: what the smallest usual pool of threads bears. */
  places?: number;
  limitMs?: number;
  /** Whether an answer is of use; one that is not is kept no longer than a failure. Default: each is. */
  useful?: (addresses: string[]) => boolean;
}

export const LOOKUP_LIMIT_MS = 2_000;
/** The system's resolver does not tell how long an answer holds; a panel that moved is found again in this time. */
export const ANSWER_KEPT_MS = 30_000;
export const FAILURE_KEPT_MS = 2_000;
/** Names remembered; the one asked for longest ago is forgotten first. */
const MOST_NAMES = 20_000;

/**
 * Names may have half of the threads that they share with all else that blocks, Argon2id above all: the
 * system gives its resolver no more than that either.
 * @param threads of the process's pool
 */
export function lookupPlaces(threads: number): number {
  return Math.max(1, Math.floor(threads / 2));
}

const USUAL_THREADS = 4;

export class NameNotResolved extends Error {
  constructor(reason: string, options: { cause?: unknown } = {}) {
    super(`name not resolved (${reason})`, options);
    this.name = 'NameNotResolved';
  }
}

/** The system's resolver, so that hosts files, mDNS and search domains count as they do everywhere else. */
export const systemResolver: Resolver = async (name) =>
  (await dns.lookup(name, { all: true })).map(({ address }) => address);

/** What came of a name's last question. */
interface Known {
  answer: string[] | NameNotResolved;
  /** By the monotonic clock. */
  until: number;
  manner: Manner;
}

/**
 * Resolves names: one question at a time for each, which all who ask meanwhile share, and an answer within the
 * limit or `NameNotResolved`. An answer that comes later than that is kept all the same, and serves the next who
 * asks; until it comes, who asks is told at once.
 */
export class Lookup {
  readonly #resolve: Resolver;
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #useful: (addresses: string[]) => boolean;
  readonly #places: LookupPlaces;
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, Promise<string[]>>();

  constructor(options: LookupOptions = {}) {
    this.#resolve = options.resolve ?? systemResolver;
    this.#clock = options.clock ?? systemClock;
    this.#limitMs = options.limitMs ?? LOOKUP_LIMIT_MS;
    this.#useful = options.useful ?? (() => true);
    this.#places = new LookupPlaces(options.places ?? lookupPlaces(USUAL_THREADS));
  }

  /** At least one address; rejects with `NameNotResolved`. */
  async addresses(name: string): Promise<string[]> {
    const known = this.#known.get(name);
    if (known && this.#clock.monotonic() < known.until) return given(known.answer);
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#late()), this.#limitMs);
    });
    try {
      return await Promise.race([this.#ask(name), limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  #ask(name: string): Promise<string[]> {
    const shared = this.#underWay.get(name);
    if (shared) return shared;
    const asked = this.#inTurn(name).finally(() => this.#underWay.delete(name));
    // All who asked may have given up by the time that it fails.
    asked.catch(() => {});
    this.#underWay.set(name, asked);
    return asked;
  }

  async #inTurn(name: string): Promise<string[]> {
    const manner = this.#known.get(name)?.manner ?? 'new';
    if (!(await this.#places.take(manner))) throw new NameNotResolved('too many names wait');
    let now: Manner = 'prompt';
    const late = setTimeout(() => {
      now = 'slow';
      this.#keep(name, this.#late(), now, Number.POSITIVE_INFINITY);
    }, this.#limitMs);
    // A question that hangs is no reason for a process to stay.
    late.unref();
    let answer: Known['answer'];
    try {
      const addresses = await this.#resolve(name);
      answer = addresses.length > 0 ? addresses : new NameNotResolved('no address');
    } catch (cause) {
      answer = new NameNotResolved(reasonOf(cause), { cause });
    }
    clearTimeout(late);
    this.#places.giveBack(manner);
    const good = Array.isArray(answer) && this.#useful(answer);
    this.#keep(name, answer, now, good ? ANSWER_KEPT_MS : FAILURE_KEPT_MS);
    return given(answer);
  }

  #keep(name: string, answer: Known['answer'], manner: Manner, keptMs: number): void {
    this.#known.delete(name);
    this.#known.set(name, { answer, until: this.#clock.monotonic() + keptMs, manner });
    if (this.#known.size <= MOST_NAMES) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  #late(): NameNotResolved {
    return new NameNotResolved(`no answer within ${this.#limitMs} ms`);
  }
}

function given(answer: Known['answer']): string[] {
  if (Array.isArray(answer)) return answer;
  throw answer;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : 'unknown error';
}
