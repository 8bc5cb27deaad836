import type { System } from '@latchhook/sdk/client';
import { Alert, Anchor, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconBook2, IconCircleCheck, IconFileCode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { BASE_PATH } from '../../base.js';
import { useApi } from '../../client/api.js';
import { ErrorState } from '../../state/error-state.js';
import { Loading } from '../../state/loading.js';
import { useNow } from '../../state/use-now.js';
import { useTexts } from '../../texts/use-texts.js';
import { bytesText } from './bytes.js';
import { DiskBar } from './disk-bar.js';

const LOOK_AGAIN_MS = 10_000;

export default function AboutSection() {
  const api = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['system'],
    queryFn: async ({ signal }) => ({
      system: await api.getSystem({ signal }),
      // Refused while the store takes no writes: then that is what there is to say.
      ready: await api.getReady({ signal }).catch(() => null),
    }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <About system={data.system} intake={data.ready === null ? 'stopped' : (data.ready.pressure ?? 'open')} />
  );
}

function About({ system, intake }: { system: System; intake: 'open' | 'disk' | 'backlog' | 'stopped' }) {
  const { t, fill, duration, language } = useTexts('settings');
  const { version, uptime_ms: uptime, store, disk, clock, nodes } = system;
  const IntakeIcon = intake === 'open' ? IconCircleCheck : IconAlertTriangle;
  return (
    <Stack gap="md" component="section" aria-label={t.sections.about}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" component="dl" m={0}>
        <Fact name={t.version}>Latchhook {version}</Fact>
        <Fact name={t.uptime}>{duration(uptime)}</Fact>
        <Fact name={t.intake}>
          <Group gap={6} wrap="nowrap" component="span">
            <IntakeIcon
              size={18}
              aria-hidden
              style={{ flexShrink: 0 }}
              color={intake === 'open' ? 'var(--latch-good)' : 'var(--latch-bad)'}
            />
            {t.intakes[intake]}
          </Group>
        </Fact>
      </SimpleGrid>
      {clock.off && clock.ahead_ms !== null && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {fill(clock.ahead_ms > 0 ? t.clockAhead : t.clockBehind, {
            ahead: duration(Math.abs(clock.ahead_ms)),
            n: String(clock.receivers),
          })}
        </Alert>
      )}
      <Paper withBorder p="md" component="section" aria-label={t.store}>
        <Title order={2} mb="xs">
          {t.store}
        </Title>
        <Text size="sm">
          {fill(t.storeText, {
            kind: store.kind === 'postgres' ? 'PostgreSQL' : 'SQLite',
            schema: String(store.schema),
            size: bytesText(store.size_bytes, language),
          })}
        </Text>
        {store.standby !== null && (
          <Text size="sm" mt="xs">
            {t.standbys[store.standby]}
          </Text>
        )}
        {disk ? (
          <DiskBar free={disk.free_bytes} total={disk.total_bytes} />
        ) : (
          <Text size="sm" c="dimmed" mt="xs">
            {t.diskElsewhere}
          </Text>
        )}
      </Paper>
      <Nodes nodes={nodes} />
      <Paper withBorder p="md" component="section" aria-label={t.readOn}>
        <Title order={2} mb="xs">
          {t.readOn}
        </Title>
        <Stack gap="xs">
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <IconBook2 size={18} stroke={1.7} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
            <Text size="sm">
              <Anchor href={`${BASE_PATH}/docs`} inherit underline="always">
                {t.apiPage}
              </Anchor>
              : {t.apiPageText}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <IconFileCode size={18} stroke={1.7} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
            <Text size="sm">
              <Anchor href={`${BASE_PATH}/openapi.json`} inherit underline="always">
                openapi.json
              </Anchor>
              : {t.openApiText}
            </Text>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} fz="lg" fw={600}>
        {children}
      </Text>
    </Paper>
  );
}

function Nodes({ nodes }: { nodes: System['nodes'] }) {
  const { t, time, relative } = useTexts('settings');
  const now = useNow(LOOK_AGAIN_MS);
  return (
    <Paper withBorder p="md" component="section" aria-label={t.nodes}>
      <Title order={2} mb={2}>
        {t.nodes}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t.nodesText}
      </Text>
      <Table aria-label={t.nodes} withRowBorders={nodes.length > 1}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.node}</Table.Th>
            <Table.Th>{t.startedAt}</Table.Th>
            <Table.Th>{t.seenAt}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map(({ node, started_at, seen_at }) => (
            <Table.Tr key={node}>
              <Table.Td>{node}</Table.Td>
              <Table.Td>{time(started_at)}</Table.Td>
              <Table.Td title={time(seen_at)}>{relative(Math.min(seen_at, now), now)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
