/** What the tests of lists share: asking for one, and walking through it. */
import type { TestServer } from './server.js';

export interface Pagination {
  total_items: number;
  items_limit: number;
  total_pages: number;
  current_page: number;
  next_cursor?: string | null;
}

export interface ListOptions {
  pagination: Pagination;
  filter: Record<string, unknown>;
  sort: { field: string; asc: boolean; available_fields: string[] };
}

export interface Listed<Item> {
  status: number;
  text: string;
  items: Item[];
  options: ListOptions;
  /** Of the envelope, in its order. */
  members: string[];
}

export async function list<Item>(server: TestServer, path: string, query = ''): Promise<Listed<Item>> {
  const answer = await server.admin('GET', `/api/v1/${path}${query && `?${query}`}`);
  if (answer.status !== 200) throw new Error(`no list for ${query}: ${answer.text}`);
  const envelope = answer.json as Record<string, unknown>;
  return {
    status: answer.status,
    text: answer.text,
    items: envelope['list_items'] as Item[],
    options: (envelope['list_options'] ?? envelope['list_option']) as ListOptions,
    members: Object.keys(envelope),
  };
}

/** Every item, page by page by cursor. */
export async function walk<Item>(
  server: TestServer,
  path: string,
  query: string,
  between: () => Promise<unknown> = async () => {},
): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Listed<Item> = await list<Item>(server, path, `${query}&cursor=${cursor}`);
    all.push(...page.items);
    cursor = page.options.pagination.next_cursor ?? null;
    await between();
  }
  return all;
}
