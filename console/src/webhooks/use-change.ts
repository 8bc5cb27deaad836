import type { WebhookBody, WebhookItem } from '@latchhook/sdk/client';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../client/api.js';

/** Sets the status of a webhook; what is not named stays as it is. */
export function useStatusChange(webhook: WebhookItem, done: string, onClose: () => void) {
  const api = useApi();
  return useWebhookMutation(
    done,
    onClose,
    (change: Pick<WebhookBody, 'status'> & { held?: 'release' | 'expire' }) => {
      const { url, event_types, max_retries } = webhook;
      return api.replaceWebhook(webhook.item_uid, { url, event_types, max_retries, ...change });
    },
  );
}

export function useWebhookMutation<Given>(
  done: string,
  onClose: () => void,
  change: (given: Given) => Promise<unknown>,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      for (const topic of ['webhooks', 'deliveries', 'statistics']) {
        void queries.invalidateQueries({ queryKey: [topic] });
      }
      notifications.show({ message: done, color: 'latch' });
      onClose();
    },
  });
}
