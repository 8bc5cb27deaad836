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

/**
 * The series of what `rows` sum up to, by key. null: more than `maxPoints`; the rest of `rows` is not read.
 * @param grouped false: one series of key 0, also where there are no rows
 */
export function summed(
  rows: Iterable<StatSum>,
  options: { grouped: boolean; points: boolean; maxPoints: number },
): SummedSeries[] | null {
  const all = new Map<number, { whole: Counts; points: Map<number, Counts> }>();
  if (!options.grouped) all.set(0, { whole: new Counts(), points: new Map() });
  let points = 0;
  for (const row of rows) {
    let series = all.get(row.series);
    if (!series) {
      series = { whole: new Counts(), points: new Map() };
      all.set(row.series, series);
      if (!options.points) points += 1;
    }
    series.whole.add(row);
    if (options.points) {
      let point = series.points.get(row.start);
      if (!point) {
        point = new Counts();
        series.points.set(row.start, point);
        points += 1;
      }
      point.add(row);
    }
    if (points > options.maxPoints) return null;
  }
  return [...all]
    .filter(([, { whole }]) => !options.grouped || whole.any)
    .sort(([a], [b]) => a - b)
    .map(([key, series]) => ({
      key,
      ...series.whole.result(),
      points: [...series.points]
        .filter(([, point]) => point.any)
        .sort(([a], [b]) => a - b)
        .map(([start, point]) => ({ start, ...point.result() })),
    }));
}
