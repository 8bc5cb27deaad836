import type { DeliveryStatus } from '@latchhook/sdk/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';

/** How many deliveries of a webhook are in one of these states; null: not read yet. */
export function useOwed(webhookUid: number, statuses: readonly DeliveryStatus[]): number | null {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['deliveries', 'owed', webhookUid, statuses],
    queryFn: async ({ signal }) => {
      const { list_option } = await api.listDeliveries(
        { webhook_uid: [webhookUid], status: [...statuses], limit: 10 },
        { signal },
      );
      return 'total_items' in list_option.pagination ? list_option.pagination.total_items : 0;
    },
  });
  return data ?? null;
}
