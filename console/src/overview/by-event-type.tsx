import type { StatisticsSeries } from '@latchhook/sdk/client';
import { Box, Skeleton, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';
import { useEventTypes } from '../events-known/use-event-types.js';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';
import { Card } from './card.js';
import { PERIODS, type Period, windowOf } from './period.js';

const SHOWN = 8;

/** The event types of which most is owed, each with what became of it. */
export function ByEventType({ period }: { period: Period }) {
  const { t, number, plural } = useTexts('overview');
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
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
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
          <Table.Thead className="visually-hidden">
            <Table.Tr>
              <Table.Th>{t.eventType}</Table.Th>
              <Table.Th>{t.delivered}</Table.Th>
              <Table.Th>{t.failed}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, SHOWN).map(({ eventType, delivered, failed, open, all }) => (
              <Table.Tr key={eventType}>
                <Table.Td>
                  <Text size="sm" lineClamp={1}>
                    {nameOf(eventType)}
                  </Text>
                  <Box className="bar" aria-hidden>
                    <Box w={`${(100 * delivered) / highest}%`} bg="var(--latch-good)" />
                    <Box w={`${(100 * failed) / highest}%`} bg="var(--latch-bad)" />
                    <Box w={`${(100 * open) / highest}%`} bg="var(--latch-wait)" />
                  </Box>
                </Table.Td>
                <Table.Td ta="right" w={64} valign="bottom">
                  <Text size="sm" fw={600}>
                    {number(all === 0 ? 0 : delivered)}
                  </Text>
                </Table.Td>
                <Table.Td ta="right" w={92} valign="bottom">
                  <Text size="sm" c={failed > 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
                    {plural(t.failedCount, failed)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
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
