import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import { jumpedMs } from '../domain/retention.js';
import type { DeliveryStore, LogStore } from '../store/store.js';

const TIDY_MS = 60_000;
/** How long accepted rows wait to be counted for the lists, which until then read them one by one. */
const INDEX_MS = 2_000;
/** How long accepted events wait to be filed for the log, which until then reads them one by one. */
const FILE_MS = 1_000;
/** History is cut daily; a pass that failed, or that a restart cut off, is made up for within the hour. */
const CUT_EVERY_MS = 24 * 3_600_000;
const CUT_MS = 3_600_000;
/** Rests between two steps of what can wait, as parts of what the step took: it has a quarter of the time at most. */
const REST = 3;
/** Of events and deliveries in a step, which takes about 6 ms. */
const CUT_ROWS = 250;
const LONGEST_REST_MS = 1_000;
/** Rows a transaction: small, so that upkeep never holds up accepting. */
const GROUP = 500;

/**
 * What keeps the store in order beside the deliveries: orphans of deleted webhooks, what was held too long,
 * what is too old to be kept, tidying.
 */
export class Upkeep {
  readonly #store: DeliveryStore;
  readonly #panelLog: LogStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** ms; null: for ever. */
  readonly #keepMs: number | null;
  readonly #begun: { now: number; monotonic: number };
  #cutAt: number | null = null;
  #timers: Timer[] = [];
  #started = false;
  #running = new Map<string, Promise<void>>();
  #again = new Set<string>();
  #stopped = false;

  constructor(
    store: { deliveries: DeliveryStore; log: LogStore },
    clock: Clock,
    log: Logger,
    keepMs: number | null = null,
  ) {
    this.#keepMs = keepMs;
    this.#begun = { now: clock.now(), monotonic: clock.monotonic() };
    this.#store = store.deliveries;
    this.#panelLog = store.log;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#started = true;
    this.#every(TIDY_MS, 'tidy', () => this.#repeat(() => this.#store.tidy(GROUP)));
    this.#every(TIDY_MS, 'orphans', () => this.#endOrphans());
    this.#every(TIDY_MS, 'held', () => this.#expireHeld());
    this.#every(INDEX_MS, 'lists', () => this.#unhurried(() => this.#store.indexLists(1)));
    this.#every(FILE_MS, 'log', () => this.#unhurried(() => this.#panelLog.file(GROUP)));
    this.#every(CUT_MS, 'history', () => this.#cutHistory());
    this.endOrphans();
    this.expireHeld();
  }

  /** Ends the open deliveries of deleted webhooks, in small groups, in the background. */
  endOrphans(): void {
    if (!this.#started) return;
    this.#run('orphans', () => this.#endOrphans());
  }

  /** Ends what disabled webhooks held too long, in small groups, in the background. */
  expireHeld(): void {
    if (!this.#started) return;
    this.#run('held', () => this.#expireHeld());
  }

  #expireHeld(): Promise<void> {
    return this.#repeat(() => this.#store.expireHeld(GROUP));
  }

  #endOrphans(): Promise<void> {
    return this.#repeat(() => this.#store.endOrphans(GROUP));
  }

  async #cutHistory(): Promise<void> {
    const { now, monotonic } = { now: this.#clock.now(), monotonic: this.#clock.monotonic() };
    const due = this.#cutAt === null || monotonic - this.#cutAt >= CUT_EVERY_MS;
    if (this.#keepMs === null || !due) return;
    const keepMs = this.#keepMs + jumpedMs(this.#begun, { now, monotonic });
    let events = 0;
    for (let step = { passed: 0, more: true, cut: 0 }; step.more && !this.#stopped; ) {
      const begun = this.#clock.monotonic();
      step = await this.#store.cutHistory({ keepMs, after: step.passed, limit: CUT_ROWS });
      events += step.cut;
      await this.#rest(begun);
    }
    if (this.#stopped) return;
    this.#cutAt = monotonic;
    if (events > 0) this.#log.info({ events }, 'history was cut');
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) timer.cancel();
    await Promise.all(this.#running.values());
  }

  #every(ms: number, name: string, work: () => Promise<void>): void {
    const slot = this.#timers.length;
    const next = () => {
      this.#timers[slot] = this.#clock.schedule(ms, () => {
        this.#run(name, work);
        next();
      });
    };
    next();
  }

  /** One at a time of each name; a call during a run leads to one more run after it. */
  #run(name: string, work: () => Promise<void>): void {
    if (this.#stopped) return;
    if (this.#running.has(name)) {
      this.#again.add(name);
      return;
    }
    const run = work()
      .catch((error: unknown) =>
        this.#log.warn({ err: error, work: name }, 'upkeep failed, it is tried again'),
      )
      .finally(() => {
        this.#running.delete(name);
        if (this.#again.delete(name)) this.#run(name, work);
      });
    this.#running.set(name, run);
  }

  /** In real time, as sockets are: they have their turn meanwhile. */
  #rest(begun: number): Promise<void> {
    return pause(Math.min(LONGEST_REST_MS, REST * (this.#clock.monotonic() - begun)));
  }

  /** Deliveries go first: lists and log are right meanwhile, and slower. It keeps up with 30,000 a second. */
  async #unhurried(step: () => Promise<{ more: boolean }>): Promise<void> {
    for (let more = true; more && !this.#stopped; ) {
      const begun = this.#clock.monotonic();
      ({ more } = await step());
      if (more) await this.#rest(begun);
    }
  }

  async #repeat(step: () => Promise<{ more: boolean }>): Promise<void> {
    while (!this.#stopped && (await step()).more) {
      // What a group takes is done in one turn: between two of them, sockets have theirs.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
