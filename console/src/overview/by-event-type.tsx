import type { StatisticsSeries } from '@latchhook/sdk/client';
import { Anchor, Box, Skeleton, Table, type TableTdProps, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useApi } from '../client/api.js';
import { useEventTypes } from '../events-known/use-event-types.js';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';
import { Card } from './card.js';
import { deliveriesLink } from './deliveries-link.js';
import { PERIODS, type Period, windowOf } from './period.js';

const SHOWN = 8;

/** The event types of which most is owed, each with what became of it. */
export function ByEventType({ period }: { period: Period }) {
  const { t, number } = useTexts('overview');
  const { nameOf } = useEventTypes();
  const api = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', 'by-event-type', period],
    queryFn: ({ signal }) => {
      const { from, to } = windowOf(period, Date.now());
      return api.getStatistics({ from, to, step: PERIODS[period].length, by: 'event_type' }, { signal });
    },
    placeholderData: keepPreviousData,
  });
  // What is known stays, where only reading it again failed.
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  const rows = (data?.series ?? []).map(rowOf).sort((a, b) => b.all - a.all);
  const highest = Math.max(1, rows[0]?.all ?? 0);
  return (
    <Card title={t.byEventType}>
      {!data && <Skeleton height={200} />}
      {data && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t.nothingYet}
        </Text>
      )}
      {rows.length > 0 && (
        <Table aria-label={t.byEventType} withRowBorders={false} verticalSpacing={6} horizontalSpacing={0}>
          <Table.Thead fz="xs" c="dimmed">
            <Table.Tr>
              <Table.Th>
                <span className="visually-hidden">{t.eventType}</span>
              </Table.Th>
              {[t.delivered, t.failed, t.open].map((name, column) => (
                <Table.Th key={name} ta="right" w={84} {...(column === 2 ? { visibleFrom: 'xs' } : {})}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, SHOWN).map(({ eventType, delivered, failed, open }) => (
              <Table.Tr key={eventType}>
                <Table.Td>
                  <Anchor
                    component={Link}
                    href={deliveriesLink(period, { type: [eventType] })}
                    size="sm"
                    c="var(--mantine-color-text)"
                    lineClamp={2}
                  >
                    {nameOf(eventType)}
                  </Anchor>
                  <Box className="bar" aria-hidden>
                    <Box w={`${(100 * delivered) / highest}%`} bg="var(--latch-good)" />
                    <Box w={`${(100 * failed) / highest}%`} bg="var(--latch-bad)" />
                    <Box w={`${(100 * open) / highest}%`} bg="var(--latch-wait)" />
                  </Box>
                </Table.Td>
                <Count>{number(delivered)}</Count>
                <Count c={failed > 0 ? 'var(--mantine-color-error)' : 'dimmed'}>{number(failed)}</Count>
                <Count c={open > 0 ? 'var(--mantine-color-text)' : 'dimmed'} visibleFrom="xs">
                  {number(open)}
                </Count>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function Count(props: TableTdProps) {
  return <Table.Td ta="right" fz="sm" fw={600} className="figures" {...props} />;
}

function rowOf({ event_type, counts }: StatisticsSeries) {
  const failed = counts.failed + counts.expired;
  const open = counts.pending + counts.retrying;
  return {
    eventType: event_type ?? '',
    delivered: counts.delivered,
    failed,
    open,
    all: counts.delivered + failed + open,
  };
}
