import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const LISTS = ['webhooks', 'webhooks/events', 'webhooks/events/retry/queue', 'events'];
const TIMED = LISTS.slice(1);

const errorOf = async (path: string, query: string) => {
  const { status, json } = await server.admin('GET', `/api/v1/${path}?${query}`);
  return status === 200 ? null : [status, (json as { error: string }).error];
};

describe.each(LISTS)('the list /%s', (path) => {
  test.each([
    ['limit=11', 'Wrong pagination limit'],
    ['limit=', 'Wrong pagination limit'],
    ['limit=010', 'Wrong pagination limit'],
    ['limit=200', 'Wrong pagination limit'],
    ['limit=10&limit=10', 'Wrong pagination limit'],
    ['limit=201&cursor=', 'Wrong pagination limit'],
    ['limit=0&cursor=', 'Wrong pagination limit'],
    ['page_number=0', 'Wrong page number'],
    ['page_number=-1', 'Wrong page number'],
    ['page_number=1.5&limit=20', 'Wrong page number'],
    ['page_number=1&page_number=2', 'Wrong page number'],
    ['page_number=99999999999999999999', 'Wrong page number'],
    ['cursor=nonsense', 'Wrong page number'],
    ['cursor=W10', 'Wrong page number'],
    ['cursor=&cursor=', 'Wrong page number'],
    ['filter_type=like', 'Wrong filter type'],
    ['filter_type=equal&filter_type=equal', 'Wrong filter type'],
    ['filter_field=secret&filter_value=x', 'Wrong filter field'],
    ['filter_field=&filter_value=x', 'Wrong filter field'],
    ['filter_value=x', 'Wrong filter field'],
    ['filter_field=event_type&filter_field=event_type&filter_value=x', 'Wrong filter field'],
    ['filter_format=number', 'Wrong filter format'],
    ['filter_format=string&filter_format=string', 'Wrong filter format'],
    ['filter_field=event_type', 'Wrong filter value'],
    ['filter_field=event_type&filter_value=', 'Wrong filter value'],
    ['filter_field=event_type&filter_value=log.nothing', 'Wrong filter value'],
    ['filter_field=event_type&filter_value=log.tamper_event&filter_value=x', 'Wrong filter value'],
    ['event_type=log.nothing', 'Wrong filter value'],
    ['webhook_uid=1&webhook_uid=x', 'Wrong filter value'],
    ['status=perhaps', 'Wrong filter value'],
    ['sort_type=up', 'Wrong sort type'],
    ['sort_type=asc&sort_type=asc', 'Wrong sort type'],
    ['sort_field=secret', 'Wrong sort field'],
    ['sort_field=headers', 'Wrong sort field'],
    ['sort_field=', 'Wrong sort field'],
  ])('refuses ?%s', async (query, error) => {
    expect(await errorOf(path, query)).toEqual([400, error]);
  });

  test('judges its parameters one by one, in the order of the contract', async () => {
    const wrong = new Map([
      ['limit', 'x'],
      ['page_number', 'x'],
      ['filter_type', 'x'],
      ['filter_field', 'x'],
      ['filter_format', 'x'],
      ['filter_value', 'x'],
      ['sort_type', 'x'],
      ['sort_field', 'x'],
      ['from', 'x'],
    ]);
    const right: Record<string, string> = {
      limit: '20',
      page_number: '2',
      filter_type: 'equal',
      filter_field: 'event_type',
      filter_format: 'string',
      filter_value: 'log.tamper_event',
      sort_type: 'asc',
      sort_field: path === 'events' ? 'event_id' : 'item_uid',
      from: '1700000000000',
    };

    const errors = [];
    for (const name of [...wrong.keys()].reverse().concat('none').reverse()) {
      if (name !== 'none') wrong.set(name, right[name] ?? '');
      errors.push((await errorOf(path, new URLSearchParams([...wrong].reverse()).toString()))?.[1]);
    }

    expect(errors.filter((error) => error !== undefined)).toEqual([
      'Wrong pagination limit',
      'Wrong page number',
      'Wrong filter type',
      'Wrong filter field',
      'Wrong filter format',
      'Wrong filter value',
      'Wrong sort type',
      'Wrong sort field',
      ...(path === 'webhooks' ? [] : ['Wrong time format']),
    ]);
  });

  test.each([
    'locale=xx',
    'locale=en&locale=da',
    'nothing=1',
    'page_number=999999999999',
    'limit=50',
    'limit=200&cursor=',
    'limit=1&cursor=&page_number=3',
    'filter_type=equal&filter_format=string',
    'event_type=log.tamper_event&event_type=log.incoming_call&webhook_uid=1&webhook_uid=2',
    'from=&to=',
  ])('takes ?%s', async (query) => {
    expect(await errorOf(path, query)).toBeNull();
  });
});

describe.each(TIMED)('the times of the list /%s', (path) => {
  test.each([
    ['from=yesterday', 'Wrong time format'],
    ['to=-1', 'Wrong time format'],
    ['from=1.5', 'Wrong time format'],
    ['from=1e12', 'Wrong time format'],
    ['to=8640000000000001', 'Wrong time format'],
    ['from=1&from=1', 'Wrong time format'],
    ['from=1700000000001&to=1700000000000', "Wrong time range: 'to' must be greater then 'from'"],
    ['from=1700000000000&to=1700000000000', "Wrong time range: 'to' must be greater then 'from'"],
    ['from=1700000001&to=1700000000', "Wrong time range: 'to' must be greater then 'from'"],
  ])('refuse ?%s', async (query, error) => {
    expect(await errorOf(path, query)).toEqual([400, error]);
  });

  test.each(['from=0', 'to=0', 'from=0&to=1', 'from=1700000000&to=1700000000001', 'to=8640000000000000'])(
    'take ?%s',
    async (query) => {
      expect(await errorOf(path, query)).toBeNull();
    },
  );
});

test('lists are for accounts, and for users too', async () => {
  const user = await server.account('guest', 'user');
  for (const path of LISTS) {
    expect((await server.call('GET', `/api/v1/${path}`)).status).toBe(401);
    expect((await server.call('GET', `/api/v1/${path}`, { headers: { authorization: user } })).status).toBe(
      200,
    );
  }
});
