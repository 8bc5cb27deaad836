import { type DeliveryState, STATE, STATES } from '../domain/delivery.js';
import { latencyOf } from './statistics.js';
import type { StatisticsCounts, StatisticsSeries } from './store.js';

/** A sum over statistics rows, as a dialect reads it. */
export interface StatSum {
  /** ms, begin of the point's time; 0 where there are no points. */
  start: number;
  /** Webhook or event type; 0 where it goes by neither. */
  series: number;
  state: number;
  bucket: number;
  count: number;
}

/** Adds sums up to counts and percentiles. */
class Counts {
  readonly counts: Record<DeliveryState, number> = {
    pending: 0,
    retrying: 0,
    delivered: 0,
    failed: 0,
    cancelled: 0,
    expired: 0,
  };
  readonly #buckets = new Map<number, number>();

  add({ state, bucket, count }: StatSum): void {
    const name = STATES[state];
    if (name) this.counts[name] += count;
    if (state === STATE.delivered) this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
  }

  /** Something is in it: rows of what has left a state are zero. */
  get any(): boolean {
    return Object.values(this.counts).some((count) => count !== 0);
  }

  result(): StatisticsCounts {
    const buckets = [...this.#buckets].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
    const total = buckets.reduce((sum, [, count]) => sum + count, 0);
    const at = (share: number) => percentile(buckets, Math.ceil(share * total));
    return {
      counts: this.counts,
      latency: total === 0 ? null : { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    };
  }
}

/** The latency of the `rank`th, counted from 1, of those in the buckets. */
function percentile(buckets: readonly (readonly [bucket: number, count: number])[], rank: number): number {
  let seen = 0;
  for (const [bucket, count] of buckets) {
    seen += count;
    if (seen >= rank) return latencyOf(bucket);
  }
  return 0;
}

export interface SummedSeries extends StatisticsCounts {
  key: number;
  points: StatisticsSeries['points'];
}

interface Series {
  whole: Counts;
  points: Map<number, Counts>;
}

/** Adds rows up to series, by key, each with its points. */
export class SeriesSum {
  readonly #options: { grouped: boolean; points: boolean; maxPoints: number };
  readonly #series = new Map<number, Series>();
  #points = 0;

  /** @param options `grouped` false: one series of key 0, also where there are no rows */
  constructor(options: { grouped: boolean; points: boolean; maxPoints: number }) {
    this.#options = options;
    if (!options.grouped) this.#series.set(0, { whole: new Counts(), points: new Map() });
  }

  /** More than `maxPoints`: what is summed up is of no use any more. */
  get tooMany(): boolean {
    const all = this.#options.points ? this.#points : this.#series.size;
    return all > this.#options.maxPoints;
  }

  add(row: StatSum): void {
    let series = this.#series.get(row.series);
    if (!series) {
      series = { whole: new Counts(), points: new Map() };
      this.#series.set(row.series, series);
    }
    series.whole.add(row);
    if (!this.#options.points) return;
    let point = series.points.get(row.start);
    if (!point) {
      point = new Counts();
      series.points.set(row.start, point);
      this.#points += 1;
    }
    point.add(row);
  }

  result(): SummedSeries[] {
    return [...this.#series]
      .filter(([, { whole }]) => !this.#options.grouped || whole.any)
      .sort(([a], [b]) => a - b)
      .map(([key, { whole, points }]) => ({ key, ...whole.result(), points: pointsOf(points) }));
  }
}

function pointsOf(points: ReadonlyMap<number, Counts>): StatisticsSeries['points'] {
  return [...points]
    .filter(([, point]) => point.any)
    .sort(([a], [b]) => a - b)
    .map(([start, point]) => ({ start, ...point.result() }));
}
