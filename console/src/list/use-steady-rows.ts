import { useState } from 'react';

export interface SteadyRow<Item> {
  item: Item;
  /** It is in the list no more, and stands here until rows may move. */
  gone: boolean;
}

/**
 * Keeps rows at their places while they are held: what they say goes on being true, new ones wait, and none goes
 * away.
 * @param scope of what the list is; another one is shown at once
 */
export function useSteadyRows<Item>(
  items: readonly Item[],
  options: { keyOf: (item: Item) => number | string; held: boolean; scope: string; stale: boolean },
): { rows: SteadyRow<Item>[]; waiting: number } {
  const { keyOf, held, scope, stale } = options;
  const [shown, setShown] = useState({ scope, items });
  let current = shown;
  const moves = shown.scope !== scope || !held;
  if (!stale && moves && (shown.scope !== scope || !same(shown.items, items))) {
    current = { scope, items };
    setShown(current);
  }
  if (current.items === items || stale) {
    return { rows: current.items.map((item) => ({ item, gone: false })), waiting: 0 };
  }
  const fresh = new Map(items.map((item) => [keyOf(item), item]));
  const rows = current.items.map((item) => {
    const now = fresh.get(keyOf(item));
    fresh.delete(keyOf(item));
    return { item: now ?? item, gone: now === undefined };
  });
  return { rows, waiting: fresh.size };
}

function same(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some === others || (some.length === 0 && others.length === 0);
}
