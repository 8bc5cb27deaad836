import { LatchhookError } from '@latchhook/sdk/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { session } from '../session/session.js';

/** A token that has ended leads back to the log-in, and from there to the same page. */
function endedSession(error: unknown): void {
  if (error instanceof LatchhookError && error.status === 401) session.forget();
}

const RETRIES = 2;

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: endedSession }),
  mutationCache: new MutationCache({ onError: endedSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal is an answer. A lost connection is asked for by `Connection`, which then has all read again.
      retry: (failures, error) =>
        error instanceof LatchhookError && error.status >= 500 && failures < RETRIES,
      networkMode: 'always',
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always' },
  },
});

/** What each person sees is their own. */
session.subscribe(() => queries.clear());
