import type { WebhookItem } from '@latchhook/sdk/client';
import { Code, Text } from '@mantine/core';
import { ConfirmDialog } from '../state/confirm-dialog.js';
import { useTexts } from '../texts/use-texts.js';
import { useStatusChange } from './use-change.js';

export function DisableDialog({ webhook, onClose }: { webhook: WebhookItem; onClose: () => void }) {
  const { t } = useTexts('webhooks');
  const { mutate, isPending, error } = useStatusChange(webhook, t.disabledDone, onClose);
  return (
    <ConfirmDialog
      title={t.disableTitle}
      confirm={t.disable}
      pending={isPending}
      error={error}
      onConfirm={() => mutate({ status: 'disabled' })}
      onClose={onClose}
    >
      <Code block>{webhook.url}</Code>
      <Text size="sm">{t.disableText}</Text>
    </ConfirmDialog>
  );
}
