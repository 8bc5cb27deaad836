import type { LatchhookClient, WebhookItem } from '@latchhook/sdk/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';

/** As many as are looked at one by one. */
const MOST = 200;

export interface WebhookHealthCounts {
  healthy: number;
  open: number;
  draining: number;
  disabled: number;
  /** There are more that fail, or catch up, than were counted. */
  more: boolean;
  /** Those that fail, as far as they were looked at. */
  failing: WebhookItem[];
}

export function useWebhookHealth() {
  const api = useApi();
  return useQuery({
    queryKey: ['webhooks', 'health'],
    queryFn: ({ signal }) => countHealth(api, signal),
  });
}

/**
 * Healthy ones are told by what is left: there may be ten thousand. Sorted by health, those that fail are at one
 * end and those that catch up at the other.
 */
async function countHealth(api: LatchhookClient, signal: AbortSignal): Promise<WebhookHealthCounts> {
  const active = { status: ['active' as const], sort_field: 'health' as const, cursor: '', limit: MOST };
  const [open, draining, activeCount, disabled] = await Promise.all([
    edge(api, { ...active, sort_type: 'desc' }, 'open', signal),
    edge(api, { ...active, sort_type: 'asc' }, 'draining', signal),
    total(api, 'active', signal),
    total(api, 'disabled', signal),
  ]);
  return {
    healthy: Math.max(0, activeCount - open.length - draining.length),
    open: open.length,
    draining: draining.length,
    disabled,
    more: open.length === MOST || draining.length === MOST,
    failing: open,
  };
}

async function edge(
  api: LatchhookClient,
  query: Parameters<LatchhookClient['listWebhooks']>[0],
  health: WebhookItem['health'],
  signal: AbortSignal,
): Promise<WebhookItem[]> {
  const { list_items } = await api.listWebhooks(query, { signal });
  return list_items.filter((webhook) => webhook.health === health);
}

async function total(
  api: LatchhookClient,
  status: WebhookItem['status'],
  signal: AbortSignal,
): Promise<number> {
  const { list_options } = await api.listWebhooks({ status: [status], limit: 10 }, { signal });
  return 'total_items' in list_options.pagination ? list_options.pagination.total_items : 0;
}
