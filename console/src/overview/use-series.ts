import type { Statistics } from '@latchhook/sdk/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../client/api.js';
import { type Period, windowOf } from './period.js';

export interface Series {
  times: number[];
  delivered: number[];
  failed: number[];
  open: number[];
  /** ms; null where nothing was delivered. */
  p50: (number | null)[];
  p95: (number | null)[];
  latency: { p50: number; p95: number; p99: number } | null;
}

/** What became of deliveries over the period, step by step. */
export function useSeries(period: Period) {
  const api = useApi();
  const query = useQuery({
    queryKey: ['statistics', 'series', period],
    queryFn: ({ signal }) => api.getStatistics(windowOf(period, Date.now()), { signal }),
    placeholderData: keepPreviousData,
  });
  const series = useMemo(() => (query.data ? seriesOf(query.data) : null), [query.data]);
  return { ...query, series };
}

function seriesOf({ from, to, step, series: [all] }: Statistics): Series {
  const result: Series = {
    times: [],
    delivered: [],
    failed: [],
    open: [],
    p50: [],
    p95: [],
    latency: all?.latency ?? null,
  };
  const points = new Map(all?.points.map((point) => [point.start, point]));
  for (let start = from - (from % step); start < to; start += step) {
    const point = points.get(start);
    result.times.push(start);
    result.delivered.push(point?.counts.delivered ?? 0);
    result.failed.push((point?.counts.failed ?? 0) + (point?.counts.expired ?? 0));
    result.open.push((point?.counts.pending ?? 0) + (point?.counts.retrying ?? 0));
    result.p50.push(point?.latency?.p50 ?? null);
    result.p95.push(point?.latency?.p95 ?? null);
  }
  return result;
}
