import type { DeliveryItem } from '@latchhook/sdk/client';
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconClock, IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useApi } from '../client/api.js';
import { DeliveryStatusMark } from '../deliveries/delivery-status.js';
import { MadeKey } from '../made-key/made-key.js';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';

const SCOPES = ['events:write'] as const;

/** How panels report, and what became of the first event that came. */
export function ReportStep({ delivery }: { delivery: DeliveryItem | null }) {
  const { t } = useTexts('first-run');
  const api = useApi();
  const makeKey = useMutation({
    mutationFn: () => api.createKey({ name: t.keyName, scopes: [...SCOPES] }),
  });
  const report = useMutation({
    mutationFn: () =>
      api.acceptEvents({
        event_type: 'log.access_granted_by_api_call',
        source: 'console',
        data: { test: 'success' },
      }),
  });
  return (
    <Stack gap="sm">
      <Text size="sm">{t.reportText}</Text>
      {makeKey.data ? (
        <MadeKey value={makeKey.data.key} scopes={[...SCOPES]} />
      ) : (
        <Group gap="sm">
          <Button
            leftSection={<IconKey size={16} aria-hidden />}
            loading={makeKey.isPending}
            onClick={() => makeKey.mutate()}
          >
            {t.makeKey}
          </Button>
          <Button
            variant="default"
            h="auto"
            mih={36}
            py={6}
            styles={{ label: { whiteSpace: 'normal' } }}
            loading={report.isPending}
            onClick={() => report.mutate()}
          >
            {t.reportHere}
          </Button>
        </Group>
      )}
      {makeKey.error && <ErrorState error={makeKey.error} />}
      {report.error && <ErrorState error={report.error} />}
      <div role="status">{delivery ? <Arrived delivery={delivery} /> : <Waiting />}</div>
    </Stack>
  );
}

function Waiting() {
  const { t } = useTexts('first-run');
  return (
    <Group gap="xs" wrap="nowrap">
      <IconClock size={16} color="var(--latch-wait)" aria-hidden />
      <Text size="sm" c="dimmed">
        {t.waiting}
      </Text>
    </Group>
  );
}

function Arrived({ delivery }: { delivery: DeliveryItem }) {
  const { t } = useTexts('first-run');
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <DeliveryStatusMark status={delivery.status} />
        <Anchor component={Link} href={`/deliveries/${delivery.item_uid}`} size="sm">
          {delivery.event_text}
        </Anchor>
      </Group>
      <Text size="sm" fw={delivery.status === 'delivered' ? 600 : 400}>
        {delivery.status === 'delivered' ? t.arrived : t.notYet}
      </Text>
    </Stack>
  );
}
