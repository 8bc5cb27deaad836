import type { Event, WebhookItem } from '@latchhook/sdk/client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCircleCheck, IconCircleX, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useApi } from '../client/api.js';
import { Exchange } from '../exchange/exchange.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useTexts } from '../texts/use-texts.js';

/** Sends a test at once, and shows what went out and what came back. */
export function TestDialog({ webhook, onClose }: { webhook: WebhookItem; onClose: () => void }) {
  const { t, language } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const phone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768);
  const send = useMutation({
    mutationFn: async () => {
      const delivery = await api.testWebhook(webhook.item_uid, { locale: language });
      return { delivery, event: await api.getEvent(delivery.event_id) };
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  const { mutate } = send;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);

  const attempt = send.data?.delivery.attempt_log.at(-1);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.testTitle}
      size={1000}
      fullScreen={phone === true}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack gap="md">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {webhook.url}
        </Text>
        <div aria-live="polite">
          {send.isPending && <Loading rows={4} />}
          {send.error && <ErrorState error={send.error} />}
          {send.data && !send.isPending && attempt && (
            <Stack gap="md">
              <Verdict taken={send.data.delivery.status === 'delivered'} />
              <Exchange attempt={attempt} url={webhook.url} body={bodyOf(send.data.event)} />
            </Stack>
          )}
          {send.data && !send.isPending && !attempt && <Text size="sm">{t.noAttempt}</Text>}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.close}
          </Button>
          <Button
            leftSection={<IconSend size={16} aria-hidden />}
            loading={send.isPending}
            onClick={() => mutate()}
          >
            {t.sendAgain}
          </Button>
        </Group>
      </Stack>
    </Modal>
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
