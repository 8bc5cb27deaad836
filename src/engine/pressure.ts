import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import { type Pressure, type PressureLimits, pressureAfter } from '../domain/pressure.js';
import type { ListingStore } from '../store/store.js';

export interface PressureParts {
  listings: Pick<ListingStore, 'totals'>;
  /** Of the disk that the data lie on; null: they lie elsewhere. */
  freeBytes: (() => Promise<number>) | null;
  limits: PressureLimits;
  clock: Clock;
  log: Logger;
}

export interface Reading {
  pressure: Pressure;
  /** Open deliveries. */
  open: number;
  /** null: not known. */
  freeBytes: number | null;
}

const LOOK_MS = 1_000;

/**
 * Looks once a second at what is owed and what room there is, so that nothing on the way of an event has to. What
 * is taken in within that second may go past a limit.
 */
export class PressureGauge {
  readonly #parts: PressureParts;
  #reading: Reading = { pressure: null, open: 0, freeBytes: null };
  #timer: Timer | null = null;
  #looking: Promise<void> | null = null;
  #stopped = false;

  constructor(parts: PressureParts) {
    this.#parts = parts;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** Resolves after a first look. */
  async start(): Promise<void> {
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#looking;
  }

  #look(): Promise<void> {
    const looking = this.#read().finally(() => {
      this.#looking = null;
      if (!this.#stopped) this.#timer = this.#parts.clock.schedule(LOOK_MS, () => void this.#look());
    });
    this.#looking = looking;
    return looking;
  }

  async #read(): Promise<void> {
    const { listings, limits, log, freeBytes } = this.#parts;
    // What cannot be read now leaves what was read before: refusing more than the store itself does helps nobody.
    const [totals, free] = await Promise.all([
      listings.totals().catch(() => null),
      freeBytes?.().catch(() => this.#reading.freeBytes) ?? null,
    ]);
    const before = this.#reading;
    const open = totals ? totals.pending + totals.retrying : before.open;
    const pressure = pressureAfter(before.pressure, { freeBytes: free, open }, limits);
    this.#reading = { pressure, open, freeBytes: free };
    if (pressure === before.pressure) return;
    const line = { pressure, free_bytes: free, open_deliveries: open };
    if (pressure === null) log.info(line, 'events are taken in again');
    else log.warn(line, 'no more events are taken in, deliveries go on');
  }
}
