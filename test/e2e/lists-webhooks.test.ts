import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportAll, subscribe } from '../support/deliveries.js';
import { list, walk } from '../support/lists.js';
import { startTestServer, type TestServer } from '../support/server.js';

interface WebhookItem {
  item_uid: number;
  url: string;
  status: string;
  timeout: number;
  headers: string | null;
  description: string | null;
  event_types: string[];
  max_retries: number;
  disabled_reason: string | null;
}

interface EventItem {
  event_id: number;
  event_type: string;
  event_text: string;
  source: string;
  created_at: number;
  accepted_at: number;
  delivery_count: number;
}

const TAMPER = 'log.tamper_event';
const CALL = 'log.incoming_call';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const made: [string, Record<string, unknown>][] = [
    ['a', { description: 'Вход', max_retries: 5, event_types: [TAMPER] }],
    ['C', { description: null, timeout: 2000, event_types: [TAMPER, CALL], status: 'disabled' }],
    ['b', { description: '\u{1F6AA}', headers: '{"X-Key":"hush-hush"}', secret: 'hush-hush-hush-hush' }],
    ['d', { description: '\uFF5E', max_retries: 1, status: 'disabled' }],
  ];
  for (const [name, members] of made) {
    await subscribe(server, `http://10.255.0.7/${name}`, { event_types: [CALL], ...members });
  }
});
afterAll(() => server.stop());

describe('the list of webhooks', () => {
  const names = async (query: string) =>
    (await list<WebhookItem>(server, 'webhooks', encodeURI(query))).items
      .map(({ url }) => url.split('/').at(-1))
      .join('');

  test.each([
    ['', 'dbCa'],
    ['sort_type=asc', 'aCbd'],
    ['sort_type=desc', 'dbCa'],
    ['sort_field=item_uid', 'aCbd'],
    ['sort_field=url', 'Cabd'],
    ['sort_field=url&sort_type=desc', 'dbaC'],
    ['sort_field=status', 'abCd'],
    ['sort_field=timeout', 'Cabd'],
    ['sort_field=max_retries&sort_type=desc', 'abCd'],
    // By code points; in UTF-16 the door would come before the wave.
    ['sort_field=description', 'Cadb'],
    ['sort_field=disabled_reason', 'aCbd'],
  ])('sorts by ?%s', async (query, expected) => {
    expect(await names(query)).toBe(expected);
  });

  test.each([
    ['filter_field=status&filter_value=disabled', 'dC'],
    [`filter_field=event_type&filter_value=${TAMPER}`, 'Ca'],
    [`filter_field=event_type&filter_value=${TAMPER}&filter_type=equal&filter_format=string`, 'Ca'],
    ['status=active', 'ba'],
    [`status=active&event_type=${TAMPER}`, 'a'],
    [`filter_field=status&filter_value=active&status=disabled`, ''],
    ['webhook_uid=1&webhook_uid=4&webhook_uid=99', 'da'],
    ['q=ВХОД', 'a'],
    ['q=10.255.0.7/c', 'C'],
    ['q=10.255&q=d', 'd'],
    ['q=', 'dbCa'],
  ])('finds by ?%s', async (query, expected) => {
    expect(await names(query)).toBe(expected);
  });

  test('is walked by cursor in any order', async () => {
    const walked = await walk<WebhookItem>(server, 'webhooks', 'sort_field=description&limit=1');
    expect(walked.map(({ url }) => url.split('/').at(-1)).join('')).toBe('Cadb');
  });

  test('never shows a secret, and the values of headers to administrators only', async () => {
    const guest = { headers: { authorization: await server.account('guest', 'user') } };

    const seen = await list<WebhookItem>(server, 'webhooks', '');
    const guests = await server.call('GET', '/api/v1/webhooks', guest);

    expect(seen.text).not.toContain('hush-hush-hush');
    expect(seen.text).not.toContain('"secret"');
    expect(seen.items[1]?.headers).toBe('{"X-Key":"hush-hush"}');
    expect(guests.text).not.toContain('hush');
    expect(guests.text).toContain('{\\"X-Key\\":\\"***\\"}');
    expect(seen.options.sort.available_fields).not.toContain('headers');
  });

  test('is empty past its end, and without webhooks says that it is at its first page', async () => {
    const fresh = await startTestServer();
    const none = await list(fresh, 'webhooks');
    const past = await list(server, 'webhooks', 'page_number=2');

    expect(none.members).toEqual(['list_items', 'list_options']);
    expect(none.options.pagination).toMatchObject({ total_items: 0, total_pages: 0, current_page: 1 });
    expect(past.items).toEqual([]);
    expect(past.options.pagination).toMatchObject({ total_items: 4, total_pages: 1, current_page: 2 });
    await fresh.stop();
  });
});

describe('the list of events', () => {
  let ids: number[];
  beforeAll(async () => {
    ids = await reportAll(server, [
      { event_type: TAMPER, source: 'front', data: { number: 1 } },
      { event_type: CALL, source: 'back' },
      { event_type: 'log.door_was_opened', source: 'front', created_at: 7 },
      { event_type: CALL, source: 'front' },
    ]);
    // A card number that no double can hold.
    await server.admin(
      'POST',
      '/api/v1/events',
      `{"event_type":"${CALL}","data":{"number":12345678901234567890}}`,
    );
  });

  const found = async (query: string) => {
    const { items } = await list<EventItem>(server, 'events', query);
    return items.map(({ event_id: id }) => ids.indexOf(id));
  };

  test('gives the newest first, with all that came in', async () => {
    const { items, text, members, options } = await list<EventItem>(server, 'events', 'locale=fr');

    expect(members).toEqual(['list_items', 'list_options']);
    expect(text).toContain('"data":{"number":12345678901234567890}');
    expect(options.pagination.total_items).toBe(5);
    expect(items[0]).toMatchObject({ source: 'admin', delivery_count: 3 });
    expect(items[4]).toMatchObject({
      event_id: ids[0],
      event_type: TAMPER,
      source: 'front',
      delivery_count: 2,
    });
    expect(items[2]).toMatchObject({ created_at: 7_000, delivery_count: 0 });
    expect(items[2]?.event_text).not.toBe('log.door_was_opened');
  });

  test.each([
    ['state=unmatched', [2]],
    ['filter_field=state&filter_value=unmatched', [2]],
    ['filter_field=source&filter_value=front', [3, 2, 0]],
    ['source=front&source=back&sort_type=asc', [0, 1, 2, 3]],
    [`source=front&event_type=${CALL}`, [3]],
    ['webhook_uid=1', [0]],
    ['webhook_uid=2&status=held&source=front', [3, 0]],
    ['status=delivered', []],
    ['state=unmatched&webhook_uid=1', []],
    ['to=1', []],
  ])('finds by ?%s', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  test('finds by id', async () => {
    expect(await found(`event_id=${ids[1]}&event_id=${ids[3]}&event_id=999`)).toEqual([3, 1]);
  });

  test('is walked by cursor, also by what became of the deliveries', async () => {
    const all = await walk<EventItem>(server, 'events', 'limit=2');
    const held = await walk<EventItem>(server, 'events', 'limit=1&status=held&sort_type=asc');

    expect(all.length).toBe(5);
    expect(held.map(({ event_id: id }) => ids.indexOf(id))).toEqual([0, 1, 3, -1]);
  });
});
