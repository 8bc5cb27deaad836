import type { Listed, Slice } from '../../store/store.js';
import type { Extent } from './envelope.js';
import type { ListQuery } from './list-query.js';

/** @param position reads a cursor of this list; throws for one of another */
export function sliceOf<Position>(
  { page }: ListQuery,
  position: (after: string) => Position | null,
): Slice<Position> {
  const { limit } = page;
  return page.kind === 'page' ? { limit, offset: page.offset } : { limit, after: position(page.after) };
}

/** @param cursor where the last row is; asked only where further rows follow it */
export function extentOf({ total, more }: Listed<unknown>, cursor: () => string | null): Extent {
  return total === null ? { nextCursor: more ? cursor() : null } : { total };
}
