import type { UserItem } from '@latchhook/sdk/client';
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../client/api.js';
import { session, useSession } from '../../session/session.js';
import { ConfirmDialog } from '../../state/confirm-dialog.js';
import { useTexts } from '../../texts/use-texts.js';

export function RemoveUserDialog({ user, onClose }: { user: UserItem; onClose: () => void }) {
  const { t, fill } = useTexts('users');
  const api = useApi();
  const queries = useQueryClient();
  const isSelf = useSession()?.username === user.username;
  const remove = useMutation({
    mutationFn: () => api.removeUser(user.item_uid),
    onSuccess: () => {
      notifications.show({ message: t.removed, color: 'latch' });
      onClose();
      if (isSelf) session.end();
      else void queries.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <ConfirmDialog
      title={t.removeTitle}
      confirm={t.remove}
      danger
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{fill(isSelf ? t.removeSelfText : t.removeText, { name: user.username })}</Text>
    </ConfirmDialog>
  );
}
