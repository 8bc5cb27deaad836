import type { WebhookItem } from '@latchhook/sdk/client';
import { Code, Text } from '@mantine/core';
import { useApi } from '../client/api.js';
import { ConfirmDialog } from '../state/confirm-dialog.js';
import { useTexts } from '../texts/use-texts.js';
import { useWebhookMutation } from './use-change.js';
import { useOwed } from './use-owed.js';

export function DeleteDialog({ webhook, onClose }: { webhook: WebhookItem; onClose: () => void }) {
  const { t, plural } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const owed = useOwed(webhook.item_uid, ['pending', 'retrying', 'held']);
  const { mutate, isPending, error } = useWebhookMutation(t.deletedDone, onClose, (uid: number) =>
    api.deleteWebhook(uid),
  );
  return (
    <ConfirmDialog
      title={t.deleteTitle}
      confirm={words.delete}
      danger
      pending={isPending}
      error={error}
      onConfirm={() => mutate(webhook.item_uid)}
      onClose={onClose}
    >
      <Code block>{webhook.url}</Code>
      <Text size="sm">{t.deleteText}</Text>
      {owed !== null && owed > 0 && (
        <Text size="sm" fw={600}>
          {plural(t.owedCount, owed)}
        </Text>
      )}
    </ConfirmDialog>
  );
}
