interface Options {
  pagination: { next_cursor: string | null } | { total_items: number };
}

/** The envelope of a list, in either spelling. */
export type Page<Item> = { list_items: Item[] } & ({ list_options: Options } | { list_option: Options });

const CURSOR_PAGE = 200;
const NUMBERED_PAGE = 50;

/** Every item, walked by cursor: what arrives meanwhile neither shifts nor repeats any. */
export async function* byCursor<Item>(
  read: (page: { cursor: string; limit: number }) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<Item> = await read({ cursor, limit: CURSOR_PAGE });
    yield* page.list_items;
    const { pagination } = 'list_options' in page ? page.list_options : page.list_option;
    cursor = 'next_cursor' in pagination ? pagination.next_cursor : null;
  }
}

/** Every item, page by page until one is empty: what arrives meanwhile shifts them, as on a panel. */
export async function* byPage<Item>(
  read: (page: { page_number: number; limit: 50 }) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  for (let number = 1; ; number++) {
    const { list_items: items } = await read({ page_number: number, limit: NUMBERED_PAGE });
    yield* items;
    if (items.length < NUMBERED_PAGE) return;
  }
}
