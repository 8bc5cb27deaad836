import type { KeyItem } from '@latchhook/sdk/client';
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../client/api.js';
import { ConfirmDialog } from '../../state/confirm-dialog.js';
import { useTexts } from '../../texts/use-texts.js';

export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: KeyItem; onClose: () => void }) {
  const { t, fill } = useTexts('keys');
  const api = useApi();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.revokeKey(apiKey.item_uid),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['keys'] });
      notifications.show({ message: t.revoked, color: 'latch' });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t.revokeTitle}
      confirm={t.revoke}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{fill(t.revokeText, { name: apiKey.name, prefix: apiKey.prefix })}</Text>
    </ConfirmDialog>
  );
}
