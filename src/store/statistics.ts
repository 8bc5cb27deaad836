import { type DeliveryState, OPEN_BELOW, STATE } from '../domain/delivery.js';

/**
 * Statistics are counts by (minute of acceptance, webhook, event type, state, latency bucket). Every
 * transition of a delivery writes −1 and +1 in its own transaction, so that the sums always agree with the
 * rows; a group's transitions are added up here first and written once per key.
 */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** How long minutes are kept before they fold into hours. */
export const MINUTES_KEPT_MS = 48 * HOUR_MS;

/** Rows of three widths share a table; `total` has one start, 0, and neither webhook nor event type. */
export const SPAN = { total: 0, minute: 1, hour: 60 } as const;

/**
 * Buckets are a quarter of an octave wide (19 %), so that a percentile is off by a tenth at most.
 * 0 is "no latency": everything but `delivered`.
 */
export function latencyBucket(latencyMs: number): number {
  return 1 + Math.floor(4 * Math.log2(Math.max(0, latencyMs) + 1));
}

/** The middle of a bucket, ms: what any latency in it is off from by a tenth at most. */
export function latencyOf(bucket: number): number {
  return Math.round(2 ** ((bucket - 0.5) / 4) - 1);
}

export interface StatKey {
  span: number;
  /** ms, begin of the minute or hour; 0 for totals. */
  start: number;
  webhookUid: number;
  eventType: number;
  state: number;
  bucket: number;
}

export interface StatDelivery {
  uid: number;
  webhookUid: number;
  /** Position in `EVENT_TYPES`. */
  eventType: number;
  acceptedAt: number;
  test: boolean;
}

/** The state of an open test in a block: it is never held, whatever its lane does. */
export const OPEN_TEST = 100;

/** A change of the count of one state in a block of neighbouring uids, by which lists are found. */
export interface StateMove {
  block: number;
  webhookUid: number;
  eventType: number;
  state: number;
  delta: number;
}

/** Which deliveries are in blocks: those with a uid below `below`, `size` uids a block. */
export interface BlockSpan {
  below: number;
  size: number;
}

/** What one transaction changes in the statistics, where test deliveries are not counted, and in the blocks. */
export class Tally {
  readonly #readBlocks: () => BlockSpan;
  #blocks: BlockSpan | null = null;
  readonly #counts = new Map<string, { key: StatKey; delta: number }>();
  readonly #moves = new Map<string, StateMove>();

  /** @param readBlocks asked once, within the transaction */
  constructor(readBlocks: () => BlockSpan) {
    this.#readBlocks = readBlocks;
  }

  entered(delivery: StatDelivery, state: DeliveryState, endedAt: number | null): void {
    this.#add(delivery, STATE[state], endedAt, 1);
  }

  /** Only open states are ever left, but for a resend, which gives the end's time. */
  left(delivery: StatDelivery, state: DeliveryState, endedAt: number | null = null): void {
    this.#add(delivery, STATE[state], endedAt, -1);
  }

  /** Each key once, in key order: neighbours in the table, and one lock order for all writers. */
  entries(): { key: StatKey; delta: number }[] {
    return [...this.#counts.values()]
      .filter(({ delta }) => delta !== 0)
      .sort(
        ({ key: a }, { key: b }) =>
          a.span - b.span ||
          a.start - b.start ||
          a.webhookUid - b.webhookUid ||
          a.eventType - b.eventType ||
          a.state - b.state ||
          a.bucket - b.bucket,
      );
  }

  /** Each block's state once, in key order. */
  moves(): StateMove[] {
    return [...this.#moves.values()]
      .filter(({ delta }) => delta !== 0)
      .sort(
        (a, b) =>
          a.block - b.block || a.webhookUid - b.webhookUid || a.eventType - b.eventType || a.state - b.state,
      );
  }

  #add(delivery: StatDelivery, state: number, endedAt: number | null, delta: number): void {
    this.#blocks ??= this.#readBlocks();
    if (delivery.uid < this.#blocks.below) this.#move(delivery, state, delta, this.#blocks.size);
    if (delivery.test) return;
    const start = delivery.acceptedAt - (delivery.acceptedAt % MINUTE_MS);
    const { webhookUid, eventType } = delivery;
    const bucket =
      state === STATE.delivered && endedAt !== null ? latencyBucket(endedAt - delivery.acceptedAt) : 0;
    this.#count({ span: SPAN.minute, start, webhookUid, eventType, state, bucket }, delta);
    this.#count({ span: SPAN.total, start: 0, webhookUid: 0, eventType: 0, state, bucket: 0 }, delta);
  }

  #move(delivery: StatDelivery, entered: number, delta: number, size: number): void {
    const { webhookUid, eventType } = delivery;
    const block = Math.floor(delivery.uid / size);
    const state = delivery.test && entered < OPEN_BELOW ? OPEN_TEST : entered;
    const name = `${block}:${webhookUid}:${eventType}:${state}`;
    const entry = this.#moves.get(name);
    if (entry) entry.delta += delta;
    else this.#moves.set(name, { block, webhookUid, eventType, state, delta });
  }

  #count(key: StatKey, delta: number): void {
    const name = `${key.span}:${key.start}:${key.webhookUid}:${key.eventType}:${key.state}:${key.bucket}`;
    const entry = this.#counts.get(name);
    if (entry) entry.delta += delta;
    else this.#counts.set(name, { key, delta });
  }
}
