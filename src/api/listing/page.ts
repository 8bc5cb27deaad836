import type { PageRequest } from '../../store/store.js';
import type { ListQuery } from './list-query.js';

/** Of a list by uid that takes no cursor. */
export function pageOf({ page, sort }: ListQuery): PageRequest {
  return { limit: page.limit, offset: page.kind === 'page' ? page.offset : 0, asc: sort.asc };
}
