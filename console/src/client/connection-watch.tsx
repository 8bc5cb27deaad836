import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { anonymousApi } from './api.js';
import { useConnectionLost } from './connection.js';

const ASK_AGAIN_MS = 2000;

/** While the connection is lost, asks until the server answers; then everything that is shown is read again. */
export function Connection() {
  const lost = useConnectionLost();
  const queries = useQueryClient();
  useEffect(() => {
    if (!lost) return;
    // `watchedFetch` sees the answer.
    const timer = setInterval(() => void anonymousApi.getLive().catch(() => {}), ASK_AGAIN_MS);
    return () => {
      clearInterval(timer);
      void queries.invalidateQueries();
    };
  }, [lost, queries]);
  return null;
}
