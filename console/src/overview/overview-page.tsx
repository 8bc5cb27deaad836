import { SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'wouter';
import { useFirstRun } from '../first-run/use-first-run.js';
import { PageHead } from '../frame/page-head.js';
import { loading } from '../state/not-loaded.js';
import { useTexts } from '../texts/use-texts.js';
import { ByEventType } from './by-event-type.js';
import { Charts } from './charts.js';
import { LastMinute } from './last-minute.js';
import { PanelFigures } from './panel-figures.js';
import { PERIODS, type Period, periodOf } from './period.js';
import { WebhookHealth } from './webhook-health.js';

const FirstRun = lazy(loading(() => import('../first-run/first-run.js')));

/** The period stands in the address: `?period=week`. */
export default function OverviewPage() {
  const { t } = useTexts('overview');
  const firstRun = useFirstRun();
  const [address, setAddress] = useSearchParams();
  const period = periodOf(address.get('period'));
  const choose = (chosen: string) =>
    setAddress(chosen === 'day' ? {} : { period: chosen }, { replace: true });
  return (
    <>
      <PageHead title={t.title} text={<LastMinute />}>
        <SegmentedControl
          aria-label={t.period}
          // Four of them beside each other, also on the smallest phone.
          styles={{ label: { paddingInline: 'clamp(4px, 2vw, 10px)' } }}
          value={period}
          onChange={choose}
          data={(Object.keys(PERIODS) as Period[]).map((value) => ({ value, label: t.periods[value] }))}
        />
      </PageHead>
      {firstRun && (
        <Suspense>
          <FirstRun />
        </Suspense>
      )}
      <Stack gap="md">
        <PanelFigures period={period} />
        <Charts period={period} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <ByEventType period={period} />
          <WebhookHealth />
        </SimpleGrid>
      </Stack>
    </>
  );
}
