import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../client/api.js';

/** null: not read yet. */
export function useAdministratorCount(): number | null {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['users', 'administrators'],
    queryFn: async ({ signal }) => {
      const { list_options } = await api.listUsers(
        { filter_field: 'account_type', filter_value: 'admin', limit: 10 },
        { signal },
      );
      return 'total_items' in list_options.pagination ? list_options.pagination.total_items : 0;
    },
  });
  return data ?? null;
}
