import { useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';

/** How many deliveries are held just now, of whatever age; null: not read yet. */
export function useHeldNow(): number | null {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['deliveries', 'held-now'],
    queryFn: async ({ signal }) => {
      const { list_option } = await api.listDeliveries({ status: ['held'], limit: 10 }, { signal });
      return 'total_items' in list_option.pagination ? list_option.pagination.total_items : 0;
    },
  });
  return data ?? null;
}
