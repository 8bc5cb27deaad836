import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const webhook = (changes: Record<string, unknown>) => ({
  status: 'active',
  event_types: ['log.tamper_event'],
  max_retries: 3,
  ...changes,
});

describe('the list of webhooks', () => {
  test('is paged, newest first, in the panels’ envelope and without secrets', async () => {
    const fresh = await startTestServer();
    for (let i = 1; i <= 12; i++) {
      const body = webhook({ url: `http://10.255.0.7/${i}`, secret: 'hush hush hush hush' });
      await fresh.admin('POST', '/api/v1/webhooks', body);
    }

    const first = await fresh.admin('GET', '/api/v1/webhooks');
    const second = await fresh.admin('GET', '/api/v1/webhooks?limit=10&page_number=2&locale=xx');
    const past = await fresh.admin('GET', '/api/v1/webhooks?page_number=9');

    expect(Object.keys(first.json as object)).toEqual(['list_items', 'list_options']);
    expect(uids(first)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(first.json).toMatchObject({
      list_options: { pagination: { total_items: 12, items_limit: 10, total_pages: 2, current_page: 1 } },
    });
    expect(uids(second)).toEqual([2, 1]);
    expect(past).toMatchObject({ status: 200, json: { list_items: [] } });
    expect(first.text).not.toContain('hush');
    expect(first.text).not.toContain('"secret"');
    await fresh.stop();
  });

  test('of none has no page, and says it is at the first', async () => {
    const fresh = await startTestServer();

    const { json } = await fresh.admin('GET', '/api/v1/webhooks');

    expect(json).toMatchObject({
      list_items: [],
      list_options: { pagination: { total_items: 0, items_limit: 10, total_pages: 0, current_page: 1 } },
    });
    await fresh.stop();
  });

  test.each([
    ['limit=11', 'Wrong pagination limit'],
    ['limit=', 'Wrong pagination limit'],
    ['limit=10&limit=10', 'Wrong pagination limit'],
    ['page_number=0', 'Wrong page number'],
    ['page_number=1.5&limit=20', 'Wrong page number'],
  ])('refuses ?%s', async (query, error) => {
    expect(await server.admin('GET', `/api/v1/webhooks?${query}`)).toMatchObject({
      status: 400,
      json: { error },
    });
  });

  const uids = ({ json }: { json: unknown }) =>
    (json as { list_items: { item_uid: number }[] }).list_items.map(({ item_uid }) => item_uid);
});
