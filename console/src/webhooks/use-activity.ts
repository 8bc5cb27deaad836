import type { StatisticsSeries } from '@latchhook/sdk/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';

const HOUR_MS = 3_600_000;
const HOURS = 24;

export interface Hour {
  delivered: number;
  failed: number;
  /** Not ended yet. */
  open: number;
}

export interface Activity {
  hours: readonly Hour[];
  delivered: number;
  failed: number;
  open: number;
}

/** What became of the deliveries of these webhooks in the last 24 hours, by hour of acceptance. */
export function useActivity(webhookUids: readonly number[]): Readonly<Record<number, Activity>> | null {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['statistics', 'activity', webhookUids],
    enabled: webhookUids.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const first = to - (to % HOUR_MS) - (HOURS - 1) * HOUR_MS;
      const { series } = await api.getStatistics(
        { from: first, to, step: HOUR_MS, by: 'webhook', webhook_uid: [...webhookUids] },
        { signal },
      );
      // No map: of what is read again, objects that are equal stay the same ones.
      return Object.fromEntries(series.map((one) => [one.webhook_uid ?? 0, activityOf(one, first)]));
    },
  });
  return data ?? null;
}

export const NO_ACTIVITY: Activity = {
  hours: Array.from({ length: HOURS }, () => ({ delivered: 0, failed: 0, open: 0 })),
  delivered: 0,
  failed: 0,
  open: 0,
};

function activityOf({ points, counts }: StatisticsSeries, first: number): Activity {
  const hours = NO_ACTIVITY.hours.map((hour) => ({ ...hour }));
  for (const { start, counts: counted } of points) {
    const hour = hours[Math.round((start - first) / HOUR_MS)];
    if (hour) Object.assign(hour, summed(counted));
  }
  return { hours, ...summed(counts) };
}

function summed(counts: StatisticsSeries['counts']): Hour {
  return {
    delivered: counts.delivered,
    failed: counts.failed + counts.expired,
    open: counts.pending + counts.retrying,
  };
}
