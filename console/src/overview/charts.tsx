import { SimpleGrid, Skeleton } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { ErrorState } from '../state/error-state.js';
import { loading } from '../state/not-loaded.js';
import { useTexts } from '../texts/use-texts.js';
import { Card } from './card.js';
import type { Period } from './period.js';
import { useSeries } from './use-series.js';

const TimeChart = lazy(loading(() => import('../chart/time-chart.js')));
const HEIGHT = 220;

export function Charts({ period }: { period: Period }) {
  const { t, fill, short, duration, shortTime } = useTexts('overview');
  const { series, error, refetch } = useSeries(period);
  const counted = useMemo(
    () =>
      series && [
        { label: t.delivered, color: '--latch-good', values: series.delivered },
        { label: t.failed, color: '--latch-bad', values: series.failed },
        { label: t.open, color: '--latch-wait', values: series.open },
      ],
    [series, t],
  );
  const latencies = useMemo(
    () =>
      series && [
        { label: t.p50, color: '--latch-accent', values: series.p50 },
        { label: t.p95, color: '--latch-held', values: series.p95 },
      ],
    [series, t],
  );
  if (error && !series) return <ErrorState error={error} retry={() => void refetch()} />;
  const sum = (values: readonly number[] = []) => values.reduce((all, one) => all + one, 0);
  const waiting = <Skeleton height={HEIGHT + 26} />;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Card title={t.overTime}>
        <Suspense fallback={waiting}>
          {series && counted ? (
            <TimeChart
              kind="stack"
              height={HEIGHT}
              times={series.times}
              series={counted}
              format={short}
              formatTime={shortTime}
              label={fill(t.overTimeLabel, {
                delivered: sum(series.delivered),
                failed: sum(series.failed),
                open: sum(series.open),
              })}
            />
          ) : (
            waiting
          )}
        </Suspense>
      </Card>
      <Card title={t.latencyOverTime}>
        <Suspense fallback={waiting}>
          {series && latencies ? (
            <TimeChart
              kind="lines"
              height={HEIGHT}
              times={series.times}
              series={latencies}
              format={duration}
              formatTime={shortTime}
              label={
                series.latency
                  ? fill(t.latencyLabel, {
                      p50: duration(series.latency.p50),
                      p95: duration(series.latency.p95),
                      p99: duration(series.latency.p99),
                    })
                  : t.nothingDelivered
              }
            />
          ) : (
            waiting
          )}
        </Suspense>
      </Card>
    </SimpleGrid>
  );
}
