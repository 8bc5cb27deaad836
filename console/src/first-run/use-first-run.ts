import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../client/api.js';
import { useMayChange } from '../session/session.js';
import { useFirstSteps } from './first-steps.js';

/** Whether to lead to the first webhook: until there is one, and an event was delivered. */
export function useFirstRun(): boolean {
  const api = useApi();
  const mayChange = useMayChange();
  const choice = useFirstSteps();
  /** Once it is there it stays to its end, which is just when it is needed no more. */
  const [begun, setBegun] = useState(false);
  const { data: needed } = useQuery({
    queryKey: ['first-run', 'needed'],
    enabled: mayChange && choice === null && !begun,
    queryFn: async ({ signal }) => {
      const { list_items: webhooks } = await api.listWebhooks({ limit: 1, cursor: '' }, { signal });
      if (webhooks.length === 0) return true;
      // Of all times. Tests of a webhook do not count there.
      const { delivered } = await api.getDashboard({ from: 0, to: Date.now() }, { signal });
      return delivered === 0;
    },
  });
  if (needed && !begun) setBegun(true);
  return mayChange && choice !== 'hidden' && (choice === 'shown' || begun);
}
