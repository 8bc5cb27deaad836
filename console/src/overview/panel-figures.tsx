import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useTexts } from '../texts/use-texts.js';

/** The four figures of the panel's dashboard, of the last 24 hours. */
export function PanelFigures() {
  const { t, number, percent } = useTexts('overview');
  const api = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', 'dashboard'],
    queryFn: ({ signal }) => api.getDashboard({}, { signal }),
  });
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={2} />;
  const figures = [
    [t.successRate, percent(data.success_rate)],
    [t.delivered, number(data.delivered)],
    [t.failed, number(data.failed)],
    [t.retrying, number(data.retrying)],
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} component="dl" m={0} className="figures">
      {figures.map(([name, value]) => (
        <Paper withBorder p="md" key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} size="xl" fw={650}>
            {value}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
