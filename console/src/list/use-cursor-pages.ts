import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { navigate, useHistoryState } from 'wouter/use-browser-location';
import { useConnectionLost } from '../client/connection.js';
import type { Topic } from '../live/topics.js';

interface CursorPage<Item> {
  list_items: Item[];
  list_options?: { pagination: object };
  list_option?: { pagination: object };
}

/** By the name of the list. */
type Places = Partial<Record<string, { of: string; cursors: string[] }>>;

export interface CursorPages<Item> {
  items: readonly Item[];
  /** From 1. */
  page: number;
  /** The number of the last page, where it is known. */
  last?: number;
  /** Null: there is no page there. */
  next: (() => void) | null;
  previous: (() => void) | null;
  /** Nothing was read yet. */
  pending: boolean;
  /** What is shown belongs to another page or filter, which is being read. */
  stale: boolean;
  error: Error | null;
  retry: () => void;
}

/**
 * A list of the API page by page, by cursor: as fast on the last page of a million as on the first. Only the
 * page that is shown is held.
 * @param topic what has it read again
 * @param filter what it is narrowed and sorted by; a change of it leads back to the first page
 */
export function useCursorPages<Filter extends object, Item>(
  topic: Topic,
  name: string,
  filter: Filter,
  read: (
    filter: Filter,
    page: { cursor: string; limit: number },
    signal: AbortSignal,
  ) => Promise<CursorPage<Item>>,
  limit = 50,
): CursorPages<Item> {
  const lost = useConnectionLost();
  const of = JSON.stringify(filter);
  // In the history beside the address: Back leads through the pages, and from an item to the page it was on.
  const places = useHistoryState<Places | null>();
  const place = places?.[name];
  const cursors = place?.of === of ? place.cursors : [''];
  const go = (to: string[]) =>
    navigate(location.pathname + location.search, { state: { ...places, [name]: { of, cursors: to } } });
  const cursor = cursors.at(-1) ?? '';
  const { data, isPlaceholderData, error, isPending, refetch } = useQuery({
    queryKey: [topic, name, filter, cursor, limit],
    queryFn: ({ signal }) => read(filter, { cursor, limit }, signal),
    placeholderData: keepPreviousData,
  });
  const nextCursor = data ? nextOf(data) : null;
  return {
    items: data?.list_items ?? [],
    page: cursors.length,
    next: nextCursor === null || isPlaceholderData ? null : () => go([...cursors, nextCursor]),
    previous: cursors.length === 1 ? null : () => go(cursors.slice(0, -1)),
    pending: isPending,
    stale: isPlaceholderData,
    // The banner of the lost connection says it already.
    error: lost && data !== undefined ? null : error,
    retry: () => void refetch(),
  };
}

function nextOf<Item>({ list_options, list_option }: CursorPage<Item>): string | null {
  const pagination = (list_options ?? list_option)?.pagination;
  return pagination && 'next_cursor' in pagination && typeof pagination.next_cursor === 'string'
    ? pagination.next_cursor
    : null;
}
