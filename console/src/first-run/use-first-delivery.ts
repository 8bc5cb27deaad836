import type { DeliveryItem } from '@latchhook/sdk/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';
import { useLanguage } from '../texts/language-provider.js';

const LOOKED_AT = 50;

/** The newest delivery of an event; tests of a webhook are none. Null: there is none. */
export function useFirstDelivery(): DeliveryItem | null {
  const api = useApi();
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['deliveries', 'first', language],
    queryFn: async ({ signal }) => {
      const { list_items } = await api.listDeliveries(
        { limit: LOOKED_AT, cursor: '', locale: language },
        { signal },
      );
      return { delivery: list_items.find(({ test }) => !test) ?? null };
    },
  });
  return data?.delivery ?? null;
}
