import type { WebhookItem } from '@latchhook/sdk/client';
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../texts/use-texts.js';
import { TestResult, useTest } from '../webhooks/test-result.js';

export function TestStep({ webhook, onTaken }: { webhook: WebhookItem; onTaken: () => void }) {
  const { t } = useTexts('first-run');
  const send = useTest(webhook);
  const status = send.data?.delivery.status;
  useEffect(() => {
    if (status === 'delivered') onTaken();
  }, [status, onTaken]);
  return (
    <Stack gap="sm">
      <Text size="sm">{t.testText}</Text>
      <Group gap="sm">
        <Button
          variant={status === undefined ? 'filled' : 'default'}
          leftSection={<IconSend size={16} aria-hidden />}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {status === undefined ? t.sendTest : t.sendAgain}
        </Button>
        {status !== undefined && status !== 'delivered' && (
          <Anchor component={Link} href={`/webhooks?edit=${webhook.item_uid}`} size="sm">
            {t.changeWebhook}
          </Anchor>
        )}
      </Group>
      <TestResult send={send} url={webhook.url} />
    </Stack>
  );
}
