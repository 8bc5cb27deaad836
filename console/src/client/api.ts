import { LatchhookClient } from '@latchhook/sdk/client';
import { useMemo } from 'react';
import { SERVER_URL } from '../base.js';
import { useSession } from '../session/session.js';
import { watchedFetch } from './connection.js';

function clientWith(token: string): LatchhookClient {
  return new LatchhookClient({ baseUrl: SERVER_URL, token, fetch: watchedFetch });
}

/** For what needs no log-in. */
export const anonymousApi = clientWith('');

/** The API as the one who is logged in. */
export function useApi(): LatchhookClient {
  const token = useSession()?.token ?? '';
  return useMemo(() => clientWith(token), [token]);
}
