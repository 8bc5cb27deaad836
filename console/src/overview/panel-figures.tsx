import { Paper, SimpleGrid, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useApi } from '../client/api.js';
import { useHeldNow } from '../deliveries/use-held-now.js';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';
import { deliveriesLink } from './deliveries-link.js';
import './overview.css';
import { type Period, windowOf } from './period.js';
import { useSeries } from './use-series.js';

const GOOD_RATE = 99;
const FAIR_RATE = 90;

/** The four figures of the panel's dashboard over the period; beside them what is held now, and the latency. */
export function PanelFigures({ period }: { period: Period }) {
  const { t, number, percent, duration, fill } = useTexts('overview');
  const api = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', 'dashboard', period],
    queryFn: ({ signal }) => {
      const { from, to } = windowOf(period, Date.now());
      return api.getDashboard({ from, to }, { signal });
    },
    placeholderData: keepPreviousData,
  });
  const held = useHeldNow();
  const latency = useSeries(period).series?.latency ?? null;
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  const rate = data?.success_rate;
  const rateColor =
    rate === undefined || rate >= GOOD_RATE
      ? '--latch-good'
      : rate >= FAIR_RATE
        ? '--latch-wait'
        : '--latch-bad';
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, xl: 6 }} spacing="md" component="dl" m={0} className="figures">
      <Figure name={t.successRate} value={rate === undefined ? null : percent(rate)} color={rateColor} />
      <Figure
        name={t.delivered}
        value={data ? number(data.delivered) : null}
        color="--latch-good"
        href={deliveriesLink(period, { status: ['delivered'] })}
      />
      <Figure
        name={t.failed}
        value={data ? number(data.failed) : null}
        color="--latch-bad"
        href={deliveriesLink(period, { status: ['failed', 'expired'] })}
      />
      <Figure
        name={t.retrying}
        value={data ? number(data.retrying) : null}
        color="--latch-wait"
        href="/retry-queue"
      />
      <Figure
        name={t.heldNow}
        value={held === null ? null : number(held)}
        color="--latch-held"
        href={deliveriesLink(null, { status: ['held'] })}
      />
      <Figure
        name={t.latency}
        value={latency ? duration(latency.p50) : '–'}
        color="--latch-accent"
        below={latency ? fill(t.latencyTail, { p95: duration(latency.p95) }) : t.nothingDelivered}
      />
    </SimpleGrid>
  );
}

function Figure({
  name,
  value,
  color,
  href,
  below,
}: {
  name: string;
  /** null: it is being read. */
  value: string | null;
  color: string;
  /** Where what it counts is listed. */
  href?: string;
  below?: ReactNode;
}) {
  return (
    <Paper withBorder p="md" className="figure" style={{ borderTop: `3px solid var(${color})` }}>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} fz={26} lh={1.3} fw={650}>
        {href !== undefined && value !== null ? (
          <Link href={href} className="figure-link" aria-label={`${name}: ${value}`}>
            {value}
          </Link>
        ) : (
          (value ?? '…')
        )}
        {below && (
          <Text span display="block" size="xs" c="dimmed" fw={400}>
            {below}
          </Text>
        )}
      </Text>
    </Paper>
  );
}
