import type { WebhookItem } from '@latchhook/sdk/client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import '../state/dialog-actions.css';
import { useFocusBack } from '../state/use-focus-back.js';
import { useTexts } from '../texts/use-texts.js';
import { TestResult, useTest } from './test-result.js';

/** Sends a test at once, and shows what went out and what came back. */
export function TestDialog({ webhook, onClose }: { webhook: WebhookItem; onClose: () => void }) {
  useFocusBack();
  const { t } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const phone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768);
  const send = useTest(webhook);
  const { mutate } = send;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);

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
        <TestResult send={send} url={webhook.url} />
      </Stack>
      <div className="dialog-actions">
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
      </div>
    </Modal>
  );
}
