import type { Asking } from '../asking.js';
import type { DeliveryFilter, EventFilter, JobSpec } from '../store.js';
import { readConditions } from './conditions.js';
import { DeliveryList } from './deliveries.js';
import type { Rows } from './dialect.js';
import { EventList } from './events.js';
import type { Tree } from './tree.js';

/** What a job is to pass, found as the lists find it: deliveries, or events in its mode; within one snapshot. */
export class JobRows {
  readonly #rows: Rows;
  readonly #deliveries: DeliveryList;
  readonly #events: EventList;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.#deliveries = new DeliveryList(rows);
    this.#events = new EventList(rows, this.#deliveries);
  }

  /** Of the uids from `lo` to `hi`. */
  *count(spec: JobSpec, lo: number, hi: number): Asking<number> {
    return yield* (yield* this.#tree(spec, lo, hi)).count();
  }

  /** The first of the uids from `lo` to `hi`, in their order. */
  *first(spec: JobSpec, lo: number, hi: number, limit: number): Asking<number[]> {
    return yield* (yield* this.#tree(spec, lo, hi)).first(true, limit);
  }

  *#tree(spec: JobSpec, lo: number, hi: number): Asking<Tree> {
    const { eventTypes, sources, from, to } = spec;
    const any = { eventTypes, sources, from, to, webhookUids: null, statuses: null, eventIds: null };
    if (spec.mode === 'events') {
      const filter: EventFilter = { ...any, unmatched: false };
      return yield* this.#events.tree(filter, lo, hi);
    }
    const filter: DeliveryFilter = { ...any, webhookUids: [spec.webhookUid], statuses: spec.statuses };
    const conditions = yield* readConditions(this.#rows, filter);
    return yield* this.#deliveries.tree(filter, conditions, { distinct: 'd.test = 0', lo, hi });
  }
}
