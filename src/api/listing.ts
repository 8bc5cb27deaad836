import type { FastifyRequest } from 'fastify';
import { Refusal } from '../domain/errors.js';
import type { ListOptions } from './contract/list.js';

const LIMITS: readonly string[] = ['10', '20', '30', '50'];

export interface Page {
  limit: number;
  number: number;
  offset: number;
}

/** `limit` and `page_number` out of the query. @throws Refusal `wrong-pagination-limit`, `wrong-page-number` */
export function readPage(request: FastifyRequest): Page {
  const query = request.query as Record<string, unknown>;
  const limit = query['limit'] ?? '10';
  if (typeof limit !== 'string' || !LIMITS.includes(limit)) throw new Refusal('wrong-pagination-limit');
  const number = query['page_number'] ?? '1';
  // Nine digits: an offset stays a safe integer, and no store has that many pages.
  if (typeof number !== 'string' || !/^[1-9]\d{0,8}$/.test(number)) throw new Refusal('wrong-page-number');
  return { limit: Number(limit), number: Number(number), offset: (Number(number) - 1) * Number(limit) };
}

/** The envelope's options of a list that can be neither filtered nor sorted and goes by uid, newest first. */
export function listOptions(page: Page, total: number): ListOptions {
  return {
    pagination: {
      total_items: total,
      items_limit: page.limit,
      total_pages: Math.ceil(total / page.limit),
      current_page: total === 0 ? 1 : page.number,
    },
    filter: { available_filtering: false, available_fields: [], is_filtered: false, available_values: {} },
    sort: { field: 'item_uid', asc: false, available_fields: ['item_uid'] },
  };
}
