import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { reportAll, subscribe } from '../support/deliveries.js';
import { list, walk } from '../support/lists.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

interface Item {
  item_uid: number;
  webhook_uid: number;
  url: string;
  event_id: number;
  event_type: string;
  event_text: string;
  status: string;
  attempts: number;
  created_at: number;
  next_attempt_at: number | null;
  test: boolean;
}

const DELIVERIES = 'webhooks/events';
const QUEUE = 'webhooks/events/retry/queue';
const TYPES = ['log.access_granted_by_valid_identifier', 'log.incoming_call', 'log.tamper_event'];
const SOURCES = ['front', 'back'];
const HOUR = 3_600_000;

/** 60 events, some an hour apart, to a receiver that takes them, two that fail, and one that is disabled. */
const EVENTS = 60;

let server: TestServer;
let clock: ManualClock;
let receiver: Receiver;
let webhooks: number[];
let all: Item[];
let sourceOf: Map<number, string>;

beforeAll(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock });
  // Each third is taken, so that no circuit opens: those that fail shall be retrying, not held.
  const asked: Record<string, number> = {};
  receiver = await startReceiver({
    answer: ({ path }) => {
      const nth = asked[path] ?? 0;
      asked[path] = nth + 1;
      return path === '/taking' || nth % 3 === 2 ? 200 : 500;
    },
  });
  webhooks = [
    await subscribe(server, `${receiver.url}/taking`, { event_types: TYPES }),
    await subscribe(server, `${receiver.url}/failing`, { event_types: TYPES.slice(0, 2), max_retries: 5 }),
    await subscribe(server, `${receiver.url}/given-up`, { event_types: TYPES.slice(0, 1), max_retries: 1 }),
    await subscribe(server, `${receiver.url}/disabled`, { event_types: TYPES.slice(1), status: 'disabled' }),
  ];
  sourceOf = new Map();
  for (let n = 0; n < EVENTS; n += 5) {
    const events = Array.from({ length: 5 }, (_, index) => ({
      event_type: TYPES[(n + index) % 3],
      source: SOURCES[(n + index) % 2],
    }));
    const ids = await reportAll(server, events);
    for (const [index, id] of ids.entries()) sourceOf.set(id, events[index]?.source ?? '');
    await until(
      () => list<Item>(server, DELIVERIES, 'status=pending'),
      ({ options }) => options.pagination.total_items === 0,
    );
    // Retries fall due on the way only where the clock goes an hour: those end at different numbers.
    clock.suspend(n % 20 === 0 ? HOUR : 100);
    await until(
      () => list<Item>(server, QUEUE, 'cursor=&limit=200'),
      ({ items }) => items.every(({ next_attempt_at: at }) => at !== null && at > clock.now()),
    );
  }
  all = await walk<Item>(server, DELIVERIES, 'sort_type=asc&limit=200');
});

afterAll(async () => {
  await server.stop();
  await receiver.close();
});

const uids = (items: readonly Item[]) => items.map(({ item_uid }) => item_uid);

describe('the list of deliveries', () => {
  test('gives the newest first, under the panels’ spelling, with all that is known of each', async () => {
    const { items, members, options } = await list<Item>(server, DELIVERIES);

    expect(members).toEqual(['list_items', 'list_option']);
    expect(uids(items)).toEqual(uids(all).reverse().slice(0, 10));
    expect(Object.keys(items[0] ?? {})).toEqual([
      'item_uid',
      'webhook_uid',
      'url',
      'event_id',
      'event_type',
      'event_text',
      'status',
      'reason',
      'attempts',
      'max_attempts',
      'response_status',
      'created_at',
      'last_attempt_at',
      'next_attempt_at',
      'test',
    ]);
    expect(options.pagination).toEqual({
      total_items: all.length,
      items_limit: 10,
      total_pages: Math.ceil(all.length / 10),
      current_page: 1,
    });
    expect(options.filter).toMatchObject({
      available_filtering: true,
      available_fields: ['event_type', 'status', 'webhook_uid'],
      is_filtered: false,
    });
    expect(options.sort).toEqual({ field: 'item_uid', asc: false, available_fields: ['item_uid'] });
    expect(Object.keys(options)).toEqual(['pagination', 'filter', 'sort']);
  });

  test('has something of every status that can be had here', () => {
    expect(new Set(all.map(({ status }) => status))).toEqual(
      new Set(['delivered', 'retrying', 'failed', 'held']),
    );
  });

  test('says which filter is in force, and what each could be, in the language asked for', async () => {
    const query = 'filter_field=event_type&filter_value=log.tamper_event&locale=da';
    const { items, options } = await list<Item>(server, DELIVERIES, query);
    const english = await list<Item>(server, DELIVERIES, 'event_type=log.tamper_event&locale=xx');

    expect(options.filter).toMatchObject({
      is_filtered: true,
      filter_field: 'event_type',
      filter_type: 'equal',
      filter_format: 'string',
      filter_value: 'log.tamper_event',
    });
    const { available_values: values } = options.filter as {
      available_values: Record<string, { text: string; value: string }[]>;
    };
    expect(values['event_type']?.length).toBe(41);
    expect(values['status']?.map(({ value }) => value)).toContain('held');
    const text = values['event_type']?.find(({ value }) => value === 'log.tamper_event')?.text;
    expect(items[0]?.event_text).toBe(text);
    expect(english.items[0]?.event_text).not.toBe(text);
    expect(uids(english.items)).toEqual(uids(items));
  });

  test('is empty past its end, and says where it is', async () => {
    const past = await list<Item>(server, DELIVERIES, 'page_number=900');
    const none = await list<Item>(server, DELIVERIES, 'filter_field=status&filter_value=cancelled');

    expect(past.items).toEqual([]);
    expect(past.options.pagination).toMatchObject({ total_items: all.length, current_page: 900 });
    expect(none.items).toEqual([]);
    expect(none.options.pagination).toEqual({
      total_items: 0,
      items_limit: 10,
      total_pages: 0,
      current_page: 1,
    });
  });

  test('takes its times in milliseconds and in seconds, both ends included', async () => {
    const times = [...new Set(all.map(({ created_at: at }) => at))];
    const [first = 0, second = 0] = times;
    const count = async (query: string) =>
      (await list<Item>(server, DELIVERIES, query)).options.pagination.total_items;
    const between = (from: number, to: number) =>
      all.filter(({ created_at: at }) => at >= from && at <= to).length;

    expect(await count(`from=${first}&to=${second}`)).toBe(between(first, second));
    expect(await count(`from=${first + 1}`)).toBe(between(first + 1, Number.POSITIVE_INFINITY));
    expect(await count(`to=${second - 1}`)).toBe(between(0, second - 1));
    expect(await count(`to=${Math.floor(second / 1000)}`)).toBe(between(0, Math.floor(second / 1000) * 1000));
    expect(await count('from=&to=')).toBe(all.length);
    expect(await count('from=0')).toBe(all.length);
    expect(await count('to=0')).toBe(0);
  });

  test('gives the same as a look at every delivery, whatever is asked', async () => {
    const times = [...new Set(all.map(({ created_at: at }) => at))];
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
    const several = <T>(...values: T[]) => maybe(fc.subarray(values, { minLength: 1 }));
    const question = fc.record({
      flat: maybe(
        fc.constantFrom<[keyof Item, string]>(
          ['event_type', TYPES[0] ?? ''],
          ['status', 'delivered'],
          ['status', 'retrying'],
          ['status', 'held'],
          ['webhook_uid', '1'],
          ['webhook_uid', '77'],
        ),
      ),
      webhook_uid: several(...webhooks, 99),
      event_type: several(...TYPES),
      status: several('delivered', 'retrying', 'failed', 'held', 'pending'),
      source: several(...SOURCES, 'nowhere'),
      from: maybe(fc.constantFrom(...times)),
      to: maybe(fc.constantFrom(...times.map((time) => time + HOUR))),
      sort_type: maybe(fc.constantFrom('asc', 'desc')),
      sort_field: maybe(fc.constant('item_uid')),
      limit: fc.constantFrom(10, 20, 30, 50),
      page_number: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(question, async (q) => {
        fc.pre(q.from === undefined || q.to === undefined || q.to > q.from);
        const { flat, ...rest } = q;
        const query = new URLSearchParams();
        if (flat) query.set('filter_field', flat[0]);
        if (flat) query.set('filter_value', flat[1]);
        for (const [name, value] of Object.entries(rest)) {
          for (const one of [value ?? []].flat()) query.append(name, String(one));
        }

        const listed = await list<Item>(server, DELIVERIES, query.toString());

        const wanted = all.filter(
          (item) =>
            (!flat || String(item[flat[0]]) === flat[1]) &&
            (!q.webhook_uid || q.webhook_uid.includes(item.webhook_uid)) &&
            (!q.event_type || q.event_type.includes(item.event_type)) &&
            (!q.status || q.status.includes(item.status)) &&
            (!q.source || q.source.includes(sourceOf.get(item.event_id) ?? '')) &&
            item.created_at >= (q.from ?? 0) &&
            item.created_at <= (q.to ?? Number.POSITIVE_INFINITY),
        );
        const asc = q.sort_type === undefined ? q.sort_field !== undefined : q.sort_type === 'asc';
        if (!asc) wanted.reverse();
        const offset = (q.page_number - 1) * q.limit;
        expect(listed.options.pagination.total_items).toBe(wanted.length);
        expect(listed.items).toEqual(wanted.slice(offset, offset + q.limit));
      }),
      { numRuns: 200 },
    );
  });

  test('shows each delivery once on a walk, while new ones arrive', async () => {
    const fresh = await startTestServer();
    await subscribe(fresh, 'http://10.255.0.9/', { status: 'disabled' });
    const more = () => reportAll(fresh, [{}, {}, {}]);
    for (let n = 0; n < 8; n++) await more();

    const seen = await walk<Item>(fresh, DELIVERIES, 'limit=5', more);

    expect(uids(seen)).toEqual(Array.from({ length: 24 }, (_, index) => 24 - index));
    await fresh.stop();
  });
});

describe('the retry queue', () => {
  const retrying = () => all.filter(({ status }) => status === 'retrying');

  test('holds what is marked retrying, the newest first', async () => {
    const { items, members, options } = await list<Item>(server, QUEUE, '');

    expect(members).toEqual(['list_items', 'list_options']);
    expect(uids(items)).toEqual(uids(retrying()).reverse().slice(0, 10));
    expect(options.pagination.total_items).toBe(retrying().length);
    expect(options.sort.available_fields).toEqual(['item_uid', 'next_attempt_at']);
  });

  test('goes by the next attempt too, both ways, page by page and by cursor', async () => {
    const sorted = retrying().sort(
      (a, b) => (a.next_attempt_at ?? 0) - (b.next_attempt_at ?? 0) || a.item_uid - b.item_uid,
    );

    const first = await list<Item>(server, QUEUE, 'sort_field=next_attempt_at');
    const last = await list<Item>(server, QUEUE, 'sort_field=next_attempt_at&sort_type=desc&page_number=2');
    const walked = await walk<Item>(server, QUEUE, 'sort_field=next_attempt_at&limit=3');

    expect(sorted.length).toBeGreaterThan(10);
    expect(first.items).toEqual(sorted.slice(0, 10));
    expect(last.items).toEqual([...sorted].reverse().slice(10, 20));
    expect(walked).toEqual(sorted);
  });

  test('has a filter like the list of deliveries, and nothing that is not retrying', async () => {
    const count = async (query: string) =>
      (await list<Item>(server, QUEUE, query)).options.pagination.total_items;

    for (const uid of webhooks) {
      expect(await count(`filter_field=webhook_uid&filter_value=${uid}`)).toBe(
        retrying().filter((item) => item.webhook_uid === uid).length,
      );
    }
    expect(await count('filter_field=status&filter_value=retrying')).toBe(retrying().length);
    expect(await count('filter_field=status&filter_value=held')).toBe(0);
  });
});
