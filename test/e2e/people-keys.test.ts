import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { type Answer, startTestServer, type TestServer } from '../support/server.js';
import { storeHolds } from '../support/store.js';
import { until } from '../support/until.js';

const KEYS = '/api/v1/keys';
const EVENT = { event_type: 'log.tamper_event' };
const MINUTE = 60_000;

let clock: ManualClock;
let server: TestServer;

beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock });
});
afterEach(() => server.stop());

interface Made {
  item_uid: number;
  key: string;
}

const make = async (name: string, ...scopes: string[]): Promise<Made> => {
  const answer = await server.admin('POST', KEYS, { name, scopes });
  expect(answer.status).toBe(200);
  return answer.json as Made;
};

const as = ({ key }: Made, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
  server.call(method, path, { headers: { authorization: `Bearer ${key}`, ...headers }, body });

const listed = async (): Promise<Record<string, unknown>[]> => {
  const { json } = await server.admin('GET', KEYS);
  return (json as { list_items: Record<string, unknown>[] }).list_items;
};

describe('an API key', () => {
  test('is shown once; the list knows it by its beginning, and the data folder has it nowhere', async () => {
    const made = await make('lobby', 'read', 'events:write', 'read');

    expect(made.key).toMatch(/^lh_[A-Za-z0-9]{43}$/);
    expect(await listed()).toEqual([
      {
        item_uid: made.item_uid,
        name: 'lobby',
        prefix: made.key.slice(0, 11),
        scopes: ['events:write', 'read'],
        created_at: clock.now(),
        last_used_at: null,
      },
    ]);
    await as(made, 'GET', '/api/v1/webhooks');
    expect(await storeHolds(server.config.dataDir, made.key.slice(0, 11))).toBe(true);
    expect(await storeHolds(server.config.dataDir, made.key.slice(11))).toBe(false);
  });

  test('reports events under its name, or under the source that it gives', async () => {
    const key = await make('lobby', 'events:write');

    const answer = await as(key, 'POST', '/api/v1/events', [EVENT, { ...EVENT, source: 'door-7' }]);

    expect(answer).toMatchObject({ status: 202, json: { items: [{ event_id: 1 }, { event_id: 2 }] } });
    for (const [source, eventId] of [
      ['lobby', 1],
      ['door-7', 2],
    ])
      expect(await server.admin('GET', `/api/v1/events?cursor=&source=${source}`)).toMatchObject({
        json: { list_items: [{ event_id: eventId, source }] },
      });
  });

  test('has idempotency keys of its own', async () => {
    const [one, other] = [await make('same name', 'events:write'), await make('same name', 'events:write')];
    const report = (key: Made) =>
      as(key, 'POST', '/api/v1/events', EVENT, { 'idempotency-key': 'the same text' });

    expect(await report(one)).toMatchObject({ json: { items: [{ event_id: 1, duplicate: false }] } });
    expect(await report(one)).toMatchObject({ json: { items: [{ event_id: 1, duplicate: true }] } });
    const { json } = await report(other);
    expect(json).toMatchObject({ items: [{ duplicate: false }] });
    expect(json).not.toMatchObject({ items: [{ event_id: 1 }] });
  });

  test('counts no more once it is revoked, and takes no other with it', async () => {
    const [one, other] = [await make('one', 'read'), await make('other', 'read')];

    expect(await server.admin('DELETE', `${KEYS}/${one.item_uid}`)).toMatchObject({ status: 200, json: {} });

    expect(await as(one, 'GET', '/api/v1/webhooks')).toMatchObject({
      status: 401,
      json: { error: 'Log In' },
    });
    expect(await as(other, 'GET', '/api/v1/webhooks')).toMatchObject({ status: 200 });
    expect(await listed()).toMatchObject([{ name: 'other' }]);
    for (const uid of [one.item_uid, 'x', '0', 999])
      expect(await server.admin('DELETE', `${KEYS}/${uid}`)).toMatchObject({
        status: 400,
        json: { error: 'Wrong key uid' },
      });
  });

  test('that nobody gave out is refused, also one that is right but for its last letter', async () => {
    const { key, item_uid } = await make('right', 'admin');
    const last = key.endsWith('A') ? 'B' : 'A';

    for (const wrong of [`${key.slice(0, -1)}${last}`, 'lh_', key.slice(3), key.toLowerCase()])
      expect(await as({ key: wrong, item_uid }, 'GET', '/api/v1/webhooks')).toMatchObject({ status: 401 });
    const headers = { authorization: `Basic ${Buffer.from(`right:${key}`).toString('base64')}` };
    expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 401 });
  });

  test('is listed with its last use, to the minute', async () => {
    const key = await make('used', 'read');
    const lastUse = async () => (await listed())[0]?.['last_used_at'];
    const [start, use] = [clock.now(), () => as(key, 'GET', '/api/v1/webhooks')];

    await use();
    await until(lastUse, (at) => at === start);
    clock.advance(MINUTE - 1);
    await use();
    // Had it been written, then before this one, which is written in the same way.
    const other = await make('other', 'read');
    await as(other, 'GET', '/api/v1/webhooks');
    await until(listed, ([newest]) => newest?.['last_used_at'] === clock.now());
    expect((await listed())[1]?.['last_used_at']).toBe(start);

    clock.advance(1);
    await use();
    await until(listed, ([, oldest]) => oldest?.['last_used_at'] === clock.now());
  });

  test('of an administrator makes and revokes others', async () => {
    const key = await make('deploy', 'admin');

    const made = await as(key, 'POST', KEYS, { name: 'made by a key', scopes: ['read'] });

    expect(made).toMatchObject({ status: 200 });
    expect(await as(key, 'DELETE', `${KEYS}/${(made.json as Made).item_uid}`)).toMatchObject({ status: 200 });
    expect(await as(key, 'GET', `${KEYS}?filter_field=scope&filter_value=admin`)).toMatchObject({
      json: { list_items: [{ name: 'deploy' }], list_options: { pagination: { total_items: 1 } } },
    });
  });

  test.each([
    [{ name: 'x' }, 'Wrong JSON body: no value for scopes'],
    [{ name: 'x', scopes: 'read' }, 'Wrong JSON body: value scopes was of the wrong type'],
    [{ name: '', scopes: ['read'] }, 'Key name must be between 1 and 64 characters'],
    [{ name: 'ü'.repeat(65), scopes: ['read'] }, 'Key name must be between 1 and 64 characters'],
    [{ name: 'x', scopes: [] }, "Scopes must be 'events:write', 'read' or 'admin'"],
    [{ name: 'x', scopes: ['read', 'write'] }, "Scopes must be 'events:write', 'read' or 'admin'"],
  ])('cannot be %j', async (body, error) => {
    expect(await server.admin('POST', KEYS, body)).toMatchObject({ status: 400, json: { error } });
    expect(await listed()).toEqual([]);
  });
});
