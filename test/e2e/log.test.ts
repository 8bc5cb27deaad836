import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, startTestServer, type TestServer } from '../support/server.js';

const CAPTURED = JSON.parse(
  readFileSync(new URL('../vectors/log-item.captured.json', import.meta.url), 'utf8'),
);
const ITEMS = '/api/v1/log/items';
const CLEAR = '/api/v1/system/data/clear';

let server: TestServer;

const post = async (events: object) => {
  const answer = await server.admin('POST', '/api/v1/events', events);
  expect(answer.status).toBe(202);
};
const happened = (...times: number[]) =>
  post(times.map((created_at) => ({ event_type: 'log.door_was_opened', created_at })));

interface Item {
  timestamp: number;
  category: string;
  priority: string;
  name: { key: string; text: string };
}
const itemsOf = ({ json }: Answer) => (json as { list_items: Item[] }).list_items;
const timesOf = (answer: Answer) => itemsOf(answer).map(({ timestamp }) => timestamp);
const pageOf = ({ json }: Answer) =>
  (
    json as {
      list_option: { pagination: { total_items: number; total_pages: number; current_page: number } };
    }
  ).list_option.pagination;

const DOOR_TIMES = Array.from({ length: 25 }, (_, i) => 1_700_000_000_000 + i * 60_000);

describe('the log of a panel', () => {
  beforeAll(async () => {
    server = await startTestServer();
    await happened(...[...DOOR_TIMES.slice(10), ...DOOR_TIMES.slice(0, 10)]);
    await post({ event_type: 'log.tamper_event', created_at: 1_600_000_000_000, source: 'gate' });
    await post({ event_type: 'log.incoming_call', created_at: 1_600_000_000_001 });
    await post({ event_type: 'log.incorrect_login_api_call', created_at: 1_600_000_000_001 });
  });
  afterAll(() => server.stop());

  const list = (query = '') => server.admin('GET', `${ITEMS}${query}`);

  test('lists an event exactly as a real panel listed it', async () => {
    const fresh = await startTestServer();
    const body = {
      event_type: `log.${CAPTURED.name.key}`,
      created_at: CAPTURED.timestamp,
      data: CAPTURED.info.model,
    };
    await fresh.admin('POST', '/api/v1/events', body);

    const answer = await fresh.admin('GET', ITEMS);

    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.text).toContain(`"list_items":[${JSON.stringify(CAPTURED)}]`);
    await fresh.stop();
  });

  test('keeps the numbers of an event to the digit', async () => {
    const fresh = await startTestServer();
    const data = '{"number":12345678901234567890,"lock":1.0,"owner":"A\\u0041 <b>"}';
    await fresh.admin('POST', '/api/v1/events', `{"event_type":"log.tamper_event","data":${data}}`);

    expect((await fresh.admin('GET', ITEMS)).text).toContain(`"model":${data}}`);
    await fresh.stop();
  });

  test('is paged with its options first, newest first by when it happened', async () => {
    const answer = await list();

    expect(Object.keys(answer.json as object)).toEqual(['list_option', 'list_items']);
    expect(timesOf(answer)).toEqual(DOOR_TIMES.slice(15).reverse());
    expect(answer.json).toMatchObject({
      list_option: {
        pagination: { total_items: 28, items_limit: 10, total_pages: 3, current_page: 1 },
        filter: {
          available_filtering: true,
          available_fields: ['category', 'priority', 'name'],
          is_filtered: false,
        },
        sort: { field: 'timestamp', asc: false, available_fields: [] },
      },
    });
    expect(timesOf(await list('?page_number=3')).slice(-3)).toEqual([
      1_600_000_000_001, 1_600_000_000_001, 1_600_000_000_000,
    ]);
  });

  test('gives the oldest first with sort_type=asc, ties in the order in which they came', async () => {
    const answer = await list('?sort_type=asc&limit=20&sort_field=anything');

    expect(
      itemsOf(answer)
        .slice(0, 4)
        .map(({ name, timestamp }) => [name.key, timestamp]),
    ).toEqual([
      ['tamper_event', 1_600_000_000_000],
      ['incoming_call', 1_600_000_000_001],
      ['incorrect_login_api_call', 1_600_000_000_001],
      ['door_was_opened', DOOR_TIMES[0]],
    ]);
  });

  test('past its end is empty', async () => {
    expect(await list('?limit=50&page_number=2')).toMatchObject({
      status: 200,
      json: { list_items: [], list_option: { pagination: { total_items: 28, total_pages: 1 } } },
    });
  });

  test.each([
    ['category', 'access', 25, 'access medium'],
    ['category', 'emergency', 1, 'emergency high'],
    ['priority', 'low', 2, ' low'],
    ['priority', 'medium', 25, 'access medium'],
    ['name', 'incoming_call', 1, 'info low'],
    ['name', 'outgoing_call', 0, ''],
  ])('filtered by %s %s holds exactly those', async (field, value, total, rank) => {
    const answer = await list(
      `?filter_field=${field}&filter_type=equal&filter_format=string&filter_value=${value}`,
    );

    expect(pageOf(answer).total_items).toBe(total);
    expect(itemsOf(answer)).toHaveLength(Math.min(10, total));
    for (const { category, priority } of itemsOf(answer)) expect(`${category} ${priority}`).toContain(rank);
    expect(answer.json).toMatchObject({
      list_option: { filter: { is_filtered: true, filter_field: field, filter_value: value } },
    });
  });

  test('is cut by when events happened, both ends included, in milliseconds or seconds', async () => {
    const [first, second, third] = DOOR_TIMES;

    expect(timesOf(await list(`?from=${first}&to=${second}`))).toEqual([second, first]);
    expect(pageOf(await list(`?from=${third}`)).total_items).toBe(23);
    expect(pageOf(await list(`?to=${second}`)).total_items).toBe(5);
    expect(timesOf(await list('?from=1600000000&to=1600000001'))).toHaveLength(3);
    expect(pageOf(await list('?from=0&to=')).total_items).toBe(28);
  });

  test('speaks the language that is asked for', async () => {
    const turkish = await list('?locale=tr&filter_field=name&filter_value=tamper_event');
    const unknown = await list('?locale=xx&filter_field=name&filter_value=tamper_event');

    const english = await list('?filter_field=name&filter_value=tamper_event');
    expect(itemsOf(turkish)[0]?.name.text).not.toBe(itemsOf(english)[0]?.name.text);
    expect(itemsOf(unknown)).toEqual(itemsOf(english));
  });

  test.each([
    ['limit=15', 'Wrong pagination limit'],
    ['page_number=x', 'Wrong page number'],
    ['filter_field=source&filter_value=gate', 'Wrong filter field'],
    ['filter_value=access', 'Wrong filter field'],
    ['filter_field=category', 'Wrong filter value'],
    ['filter_field=category&filter_value=Access', 'Wrong filter value'],
    ['filter_field=name&filter_value=log.tamper_event', 'Wrong filter value'],
    ['sort_type=up', 'Wrong sort type'],
    ['from=yesterday', 'Wrong time format'],
    ['from=1700000000000&to=1600000000000', "Wrong time range: 'to' must be greater then 'from'"],
  ])('refuses ?%s', async (query, error) => {
    expect(await list(`?${query}`)).toMatchObject({ status: 400, json: { error } });
  });
});

describe('clearing the log', () => {
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.stop());

  const read = (authorization: string, query = '') =>
    server.call('GET', `${ITEMS}${query}`, { headers: { authorization } });
  const clear = (authorization: string, body: unknown = { clear_fields: ['logs'] }) =>
    server.call('POST', CLEAR, { headers: { authorization }, body });

  test('starts the log of that account anew, for a user too, and deletes nothing', async () => {
    const guard = await server.account('guard', 'user');
    await happened(1_600_000_001_000, 1_600_000_002_000);
    expect(timesOf(await read(guard))).toEqual([1_600_000_002_000, 1_600_000_001_000]);

    expect(await clear(guard)).toMatchObject({ status: 200, json: {} });

    expect(itemsOf(await read(guard))).toEqual([]);
    expect(pageOf(await read(guard))).toMatchObject({ total_items: 0, total_pages: 0, current_page: 1 });
    expect(timesOf(await server.admin('GET', ITEMS))).toEqual([1_600_000_002_000, 1_600_000_001_000]);
    expect(await server.admin('GET', '/api/v1/events/1')).toMatchObject({ status: 200 });
    await happened(1_600_000_003_000);
    expect(timesOf(await read(guard))).toEqual([1_600_000_003_000]);
  });

  test('skips nothing that came after the page was read, whenever it happened', async () => {
    const guard = await server.account('guard', 'user');
    await happened(1_600_000_001_000, 1_600_000_002_000);
    await read(guard);
    await happened(1_600_000_001_500, 1_600_000_002_500);

    await clear(guard, { data_types: ['identifiers', 'logs'] });

    expect(timesOf(await read(guard))).toEqual([1_600_000_002_500, 1_600_000_001_500]);
  });

  test.each([
    [{ clear_fields: 'logs' }, []],
    [{ clear_fields: null, data_types: ['logs'] }, []],
    [{ clear_fields: ['identifiers'] }, [1_600_000_001_000]],
    [{ data_types: [] }, [1_600_000_001_000]],
  ])('is what %j asks for or not', async (body, left) => {
    const guard = await server.account('guard', 'user');
    await happened(1_600_000_001_000);
    await read(guard);

    expect(await clear(guard, body)).toMatchObject({ status: 200, json: {} });

    expect(timesOf(await read(guard))).toEqual(left);
  });

  test.each([
    ['nothing', 'Wrong JSON body'],
    ['[]', 'Wrong JSON body'],
    [{}, 'Wrong JSON body: no value for clear_fields'],
    [{ clear_fields: 5 }, 'Wrong JSON body: value clear_fields was of the wrong type'],
    [{ data_types: [5] }, 'Wrong JSON body: value data_types was of the wrong type'],
  ])('refuses %j', async (body, error) => {
    expect(await server.admin('POST', CLEAR, body)).toMatchObject({ status: 400, json: { error } });
  });

  test('needs an account', async () => {
    expect(await server.call('GET', ITEMS)).toMatchObject({ status: 401, json: { error: 'Log In' } });
    expect(await server.call('POST', CLEAR, { body: { clear_fields: ['logs'] } })).toMatchObject({
      status: 401,
    });
  });
});
