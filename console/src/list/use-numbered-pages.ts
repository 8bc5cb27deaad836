import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { useConnectionLost } from '../client/connection.js';
import type { CursorPages } from './use-cursor-pages.js';

const LIMIT = 50;

interface NumberedPage<Item> {
  list_items: Item[];
  list_options?: { pagination: object };
  list_option?: { pagination: object };
}

export interface NumberedPages<Item> extends CursorPages<Item> {
  /** Null: not read yet. */
  total: number | null;
}

/** A list that has no cursor, page by page; the number is in the address. */
export function useNumberedPages<Item>({
  key,
  read,
}: {
  key: readonly unknown[];
  read: (page: { page_number: number; limit: 50 }, signal: AbortSignal) => Promise<NumberedPage<Item>>;
}): NumberedPages<Item> {
  const lost = useConnectionLost();
  const [params, setParams] = useSearchParams();
  const asked = params.get('page') ?? '';
  const page = /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : 1;
  const { data, isPlaceholderData, error, isPending, refetch } = useQuery({
    queryKey: [...key, page],
    queryFn: ({ signal }) => read({ page_number: page, limit: LIMIT }, signal),
    placeholderData: keepPreviousData,
  });
  const go = (to: number) => {
    const next = new URLSearchParams(params);
    if (to === 1) next.delete('page');
    else next.set('page', String(to));
    setParams(next);
  };
  const total = data ? totalOf(data) : null;
  const more = total !== null && page * LIMIT < total;
  return {
    items: data?.list_items ?? [],
    page,
    total,
    ...(total === null ? {} : { last: Math.max(1, Math.ceil(total / LIMIT)) }),
    next: more && !isPlaceholderData ? () => go(page + 1) : null,
    previous: page > 1 ? () => go(page - 1) : null,
    pending: isPending,
    stale: isPlaceholderData,
    // The banner of the lost connection says it already.
    error: lost && data !== undefined ? null : error,
    retry: () => void refetch(),
  };
}

function totalOf({ list_options, list_option }: NumberedPage<unknown>): number | null {
  const pagination = (list_options ?? list_option)?.pagination;
  return pagination && 'total_items' in pagination ? Number(pagination.total_items) : null;
}
