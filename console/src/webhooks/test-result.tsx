import type { Delivery, Event, WebhookItem } from '@latchhook/sdk/client';
import { Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../client/api.js';
import { Exchange } from '../exchange/exchange.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useTexts } from '../texts/use-texts.js';

/** Sends a test, and reads what was sent. */
export function useTest({ item_uid }: Pick<WebhookItem, 'item_uid'>) {
  const api = useApi();
  const queries = useQueryClient();
  const { language } = useTexts('webhooks');
  return useMutation({
    mutationFn: async () => {
      const delivery = await api.testWebhook(item_uid, { locale: language });
      return { delivery, event: await api.getEvent(delivery.event_id) };
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}

/** What went out and what came back. */
export function TestResult({
  send: { isPending, error, data },
  url,
}: {
  send: { isPending: boolean; error: Error | null; data: { delivery: Delivery; event: Event } | undefined };
  url: string;
}) {
  const { t } = useTexts('webhooks');
  const attempt = data?.delivery.attempt_log.at(-1);
  return (
    <div aria-live="polite">
      {isPending && <Loading rows={4} />}
      {error && <ErrorState error={error} />}
      {data && !isPending && attempt && (
        <Stack gap="md">
          <Verdict taken={data.delivery.status === 'delivered'} />
          <Exchange attempt={attempt} url={url} body={bodyOf(data.event)} />
        </Stack>
      )}
      {data && !isPending && !attempt && <Text size="sm">{t.noAttempt}</Text>}
    </div>
  );
}

function Verdict({ taken }: { taken: boolean }) {
  const { t } = useTexts('webhooks');
  const Icon = taken ? IconCircleCheck : IconCircleX;
  return (
    <Group gap="xs">
      <Icon size={22} color={taken ? 'var(--latch-good)' : 'var(--latch-bad)'} aria-hidden />
      <Text fw={600}>{taken ? t.testTaken : t.testFailed}</Text>
    </Group>
  );
}

/** Members in the order in which they are sent. */
function bodyOf({ data, created_at, event_id, event_type }: Event): string {
  return JSON.stringify({ data, created_at, event_id, event_type });
}
