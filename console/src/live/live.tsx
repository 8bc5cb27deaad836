import { LatchhookError, type StreamMessage } from '@latchhook/sdk/client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useApi } from '../client/api.js';
import { session } from '../session/session.js';
import { pulse } from './pulse.js';
import { Refresher, type Topic } from './topics.js';

/** What the stream does not tell of: webhooks that others change. */
const LOOK_AGAIN_MS = 15_000;
const RECONNECT_MS = 1000;
/** Where the server has no place for another stream. */
const POLL_MS = 3000;

const ALL: readonly Topic[] = ['deliveries', 'events', 'webhooks', 'statistics', 'resends'];

const TOPICS: Record<StreamMessage['event'], readonly Topic[]> = {
  // The first of each connection: what happened before is not told.
  hello: ALL,
  dropped: ALL,
  accepted: ['events', 'deliveries', 'statistics'],
  attempt: ['deliveries', 'statistics'],
  ended: ['deliveries', 'statistics'],
  counts: ['events', 'deliveries', 'statistics'],
  health: ['webhooks', 'deliveries'],
  job: ['resends'],
};

/** Keeps what is shown true: follows the stream for as long as somebody is logged in. */
export function Live({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const api = useApi();
  useEffect(() => {
    const refresher = new Refresher(queries);
    const ending = new AbortController();
    const look = setInterval(() => refresher.changed('webhooks'), LOOK_AGAIN_MS);

    const follow = async () => {
      while (!ending.signal.aborted) {
        let wait = RECONNECT_MS;
        try {
          for await (const message of api.stream({ signal: ending.signal })) {
            refresher.changed(...(TOPICS[message.event] ?? []));
            if (message.event === 'counts') pulse.add(message.data);
          }
        } catch (error) {
          if (ending.signal.aborted) return;
          if (error instanceof LatchhookError && error.status === 401) return session.forget();
          if (error instanceof LatchhookError) {
            wait = POLL_MS;
            refresher.changed(...ALL);
          }
        }
        await pause(wait, ending.signal);
      }
    };
    void follow();
    return () => {
      ending.abort();
      clearInterval(look);
      refresher.close();
      pulse.clear();
    };
  }, [queries, api]);
  return children;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
