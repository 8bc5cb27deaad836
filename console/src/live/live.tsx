import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { connection } from '../client/connection.js';
import { Refresher } from './topics.js';

const POLL_MS = 3000;

/** Keeps what is shown true while the page is looked at. */
export function Live({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  useEffect(() => {
    const refresher = new Refresher(queries);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !connection.lost) {
        refresher.changed('deliveries', 'events', 'webhooks', 'statistics');
      }
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      refresher.close();
    };
  }, [queries]);
  return children;
}
