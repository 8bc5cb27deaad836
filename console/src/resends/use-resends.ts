import type { ResendItem } from '@latchhook/sdk/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../client/api.js';

const LOOK_AGAIN_MS = 1000;

export interface Resends {
  /** Those that run, and those that have ended while one was looking. */
  current: ResendItem[];
  /** The last ten of all others. */
  earlier: ResendItem[];
  /** Those that were just started: they may have ended before anybody saw them run. */
  watch: (uids: readonly number[]) => void;
  /** Takes one that has ended out of sight. */
  dismiss: (uid: number) => void;
}

/** The bulk resends; found again after a reload, since the server has them. */
export function useResends(): Resends {
  const api = useApi();
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  const busy = (list: ResendItem[] | undefined) => list?.some(({ state }) => state === 'running');
  const { data: running } = useQuery({
    queryKey: ['resends', 'running'],
    queryFn: async ({ signal }) => {
      const wanted = { filter_field: 'state', filter_value: 'running', limit: 50 } as const;
      return (await api.listResends(wanted, { signal })).list_items;
    },
    // What it did within a second is not told each time.
    refetchInterval: ({ state }) => (busy(state.data) ? LOOK_AGAIN_MS : false),
  });
  const { data: newest } = useQuery({
    // Read again when one more runs or has ended.
    queryKey: ['resends', 'newest', running?.map(({ item_uid }) => item_uid)],
    queryFn: async ({ signal }) => (await api.listResends({ limit: 10 }, { signal })).list_items,
    placeholderData: (before) => before,
  });
  const fresh = running?.filter(({ item_uid }) => !seen.has(item_uid)) ?? [];
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh.map(({ item_uid }) => item_uid)]));
  const runs = new Set(running?.map(({ item_uid }) => item_uid));
  const ended = newest?.filter(({ item_uid }) => !runs.has(item_uid)) ?? [];
  return {
    current: [...(running ?? []), ...ended.filter(({ item_uid }) => seen.has(item_uid))],
    earlier: ended.filter(({ item_uid, state }) => !seen.has(item_uid) && state !== 'running'),
    watch: (uids) => setSeen((before) => new Set([...before, ...uids])),
    dismiss: (uid) => setSeen(new Set([...seen].filter((one) => one !== uid))),
  };
}
