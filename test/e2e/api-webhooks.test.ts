import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic, startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
let user: string;

beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8' } });
  user = await server.account('guard', 'user');
});

afterAll(() => server.stop());

let urls = 0;
const unusedUrl = () => `http://10.255.0.7:8080/hook-${urls++}`;

const webhook = (changes: Record<string, unknown> = {}) => ({
  url: unusedUrl(),
  status: 'active',
  event_types: ['log.door_was_opened', 'log.tamper_event'],
  max_retries: 3,
  ...changes,
});

const without = (name: string) => {
  const { [name]: _, ...rest } = webhook() as Record<string, unknown>;
  return rest;
};

const create = async (changes: Record<string, unknown> = {}): Promise<number> => {
  const answer = await server.admin('POST', '/api/v1/webhooks', webhook(changes));
  expect(answer.status).toBe(200);
  return (answer.json as { item_uid: number }).item_uid;
};

const read = async (uid: number) => (await server.admin('GET', `/api/v1/webhooks/${uid}`)).json;

/** What the server says of a webhook that gives no trouble. */
const UNTROUBLED = { disabled_reason: null, health: 'healthy', failing_since: null, next_probe_at: null };

describe('a webhook', () => {
  test('is created with its required members, and read back with all of them', async () => {
    const url = unusedUrl();

    const uid = await create({ url });

    expect(await read(uid)).toEqual({
      item_uid: uid,
      url,
      secret: null,
      status: 'active',
      timeout: 10_000,
      headers: null,
      description: null,
      event_types: ['log.door_was_opened', 'log.tamper_event'],
      max_retries: 3,
      ordered: false,
      rate_limit: null,
      max_age: null,
      ...UNTROUBLED,
    });
  });

  test('keeps every member as it was given; event types given twice are kept once', async () => {
    const given = {
      url: 'HTTP://10.255.0.7:8081/A%20b?x=1#part',
      status: 'disabled',
      secret: 'sixteen letters!',
      timeout: 30_000,
      headers: '{ "X-Door" : "north",\n"Cookie":"" }',
      description: 'Türen 🚪',
      event_types: ['log.tamper_event', 'log.door_was_opened', 'log.tamper_event'],
      max_retries: 5,
      ordered: true,
      rate_limit: 10_000,
      max_age: 31_536_000,
      unknown_member: true,
    };

    const uid = await create(given);

    const { unknown_member, ...kept } = {
      ...given,
      event_types: ['log.tamper_event', 'log.door_was_opened'],
    };
    expect(unknown_member).toBe(true);
    expect(await read(uid)).toEqual({ item_uid: uid, ...kept, ...UNTROUBLED });
  });

  test('is read, changed and written back as it was read', async () => {
    const uid = await create({ secret: 'sixteen letters!', headers: '{"X-Door":"north"}' });
    const entity = (await read(uid)) as Record<string, unknown>;

    const changed = { ...entity, status: 'disabled' };
    const answer = await server.admin('PUT', `/api/v1/webhooks/${uid}`, changed);

    expect(answer).toMatchObject({ status: 200, json: {} });
    expect(await read(uid)).toEqual(changed);
  });

  test('keeps optional members that a change leaves out, and loses those set to null or ""', async () => {
    const uid = await create({
      secret: 'sixteen letters!',
      headers: '{"a":"b"}',
      description: 'd',
      timeout: 2000,
    });
    const { url } = (await read(uid)) as { url: string };

    await server.admin('PUT', `/api/v1/webhooks/${uid}`, webhook({ url }));
    expect(await read(uid)).toMatchObject({
      secret: 'sixteen letters!',
      headers: '{"a":"b"}',
      description: 'd',
      timeout: 2000,
    });

    const cleared = webhook({ url, secret: null, headers: '', description: '', timeout: null });
    await server.admin('PUT', `/api/v1/webhooks/${uid}`, cleared);
    expect(await read(uid)).toMatchObject({
      secret: null,
      headers: null,
      description: null,
      timeout: 10_000,
    });
  });

  test('is gone once deleted, and its uid is not given out again', async () => {
    const uid = await create();

    expect(await server.admin('DELETE', `/api/v1/webhooks/${uid}`)).toMatchObject({ status: 200, json: {} });

    expect(await server.admin('GET', `/api/v1/webhooks/${uid}`)).toMatchObject({
      status: 400,
      json: { error: 'Wrong webhook uid' },
    });
    expect(await create()).toBeGreaterThan(uid);
  });

  test('is taken under any Content-Type, also one that is no media type', async () => {
    for (const type of [
      'application/json',
      'text/html; charset',
      '',
      ';;',
      'application/x-www-form-urlencoded',
    ]) {
      const headers = { authorization: basic('admin', 'door-keeper-7'), 'content-type': type };
      const answer = await server.call('POST', '/api/v1/webhooks', { headers, body: webhook() });
      expect(answer).toMatchObject({ status: 200 });
    }
  });
});

const EMPTY_NAME = '{"":"x"}';

describe('a webhook is refused', () => {
  test.each<[string, unknown, string]>([
    ['no JSON', '{"url"', 'Wrong JSON body'],
    ['nothing', '', 'Wrong JSON body'],
    ['an array', [], 'Wrong JSON body'],
    ['null', 'null', 'Wrong JSON body'],
    ['no url', without('url'), 'Wrong JSON body: no value for url'],
    ['no status', without('status'), 'Wrong JSON body: no value for status'],
    ['no event types', without('event_types'), 'Wrong JSON body: no value for event_types'],
    ['no retries', without('max_retries'), 'Wrong JSON body: no value for max_retries'],
    ['a url that is null', webhook({ url: null }), 'Wrong JSON body: value url was of the wrong type'],
    ['a numeric url', webhook({ url: 1 }), 'Wrong JSON body: value url was of the wrong type'],
    ['a boolean status', webhook({ status: true }), 'Wrong JSON body: value status was of the wrong type'],
    [
      'one event type as text',
      webhook({ event_types: 'x' }),
      'Wrong JSON body: value event_types was of the wrong type',
    ],
    [
      'a numeric event type',
      webhook({ event_types: [1] }),
      'Wrong JSON body: value event_types was of the wrong type',
    ],
    [
      'half a retry',
      webhook({ max_retries: 1.5 }),
      'Wrong JSON body: value max_retries was of the wrong type',
    ],
    [
      'retries past int32',
      webhook({ max_retries: 2 ** 31 }),
      'Wrong JSON body: value max_retries was of the wrong type',
    ],
    ['a numeric secret', webhook({ secret: 1 }), 'Wrong JSON body: value secret was of the wrong type'],
    [
      'a timeout as text',
      webhook({ timeout: '5000' }),
      'Wrong JSON body: value timeout was of the wrong type',
    ],
    [
      'headers as an object',
      webhook({ headers: {} }),
      'Wrong JSON body: value headers was of the wrong type',
    ],
    [
      'a numeric description',
      webhook({ description: 1 }),
      'Wrong JSON body: value description was of the wrong type',
    ],
    ['an ftp url', webhook({ url: 'ftp://10.255.0.7/' }), 'Invalid URL format. Must be HTTP URL'],
    [
      'a url with a password',
      webhook({ url: 'http://u:p@10.255.0.7/' }),
      'Invalid URL format. Must be HTTP URL',
    ],
    ['a url with a space', webhook({ url: 'http://10.255.0.7/a b' }), 'Invalid URL format. Must be HTTP URL'],
    [
      'a url of 2001 characters',
      webhook({ url: `http://10.255.0.7/${'x'.repeat(1984)}` }),
      'Invalid URL format. Must be HTTP URL',
    ],
    ['an unknown status', webhook({ status: 'on' }), "Status must be 'active' or 'disabled'"],
    ['no event type', webhook({ event_types: [] }), 'Invalid event types'],
    ['an unknown event type', webhook({ event_types: ['door_was_opened'] }), 'Invalid event types'],
    ['no retry', webhook({ max_retries: 0 }), 'Max retries must be between 1 and 5'],
    ['six retries', webhook({ max_retries: 6 }), 'Max retries must be between 1 and 5'],
    [
      'a secret of 15 characters',
      webhook({ secret: 'x'.repeat(15) }),
      'Secret must be between 16 and 128 characters',
    ],
    [
      'a secret of 129 characters',
      webhook({ secret: 'x'.repeat(129) }),
      'Secret must be between 16 and 128 characters',
    ],
    [
      'a secret that cannot be decoded',
      webhook({ secret: 'whsec_0123456789abcdef' }),
      'Secret starts with whsec_ but is not base64 of 16 to 96 bytes',
    ],
    [
      'a secret with the line end that was copied along',
      webhook({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n' }),
      'Secret must not begin or end with white space',
    ],
    ['a timeout of 999 ms', webhook({ timeout: 999 }), 'Timeout must be between 1000 and 30000'],
    ['a timeout of 30001 ms', webhook({ timeout: 30_001 }), 'Timeout must be between 1000 and 30000'],
    ['headers that are no JSON', webhook({ headers: 'X: y' }), 'Invalid headers format. Must be JSON object'],
    ['headers that are an array', webhook({ headers: '[]' }), 'Invalid headers format. Must be JSON object'],
    [
      'headers of 8193 characters',
      webhook({ headers: `{"a":"${'x'.repeat(8185)}"}` }),
      'Headers must be at most 8192 characters',
    ],
    ['a header without a name', webhook({ headers: EMPTY_NAME }), 'Invalid header name'],
    ['a header name with a comma', webhook({ headers: '{"a,b":"x"}' }), 'Invalid header name'],
    ['a system header', webhook({ headers: '{"Content-LENGTH":"1"}' }), 'Invalid header name'],
    ['a header twice', webhook({ headers: '{"X-A":"1","x-a":"2"}' }), 'Invalid header name'],
    ['a header value with a line end', webhook({ headers: '{"a":"x\\r\\ny"}' }), 'Invalid header value'],
    ['a numeric header value', webhook({ headers: '{"a":1}' }), 'Invalid header value'],
    [
      'a description of 1001 characters',
      webhook({ description: 'x'.repeat(1001) }),
      'Description must be at most 1000 characters',
    ],
    [
      'the address of a cloud’s metadata',
      webhook({ url: 'http://169.254.169.254/latest' }),
      'URL address is not allowed (169.254.169.254, link-local)',
    ],
    [
      'an address in another spelling',
      webhook({ url: 'http://0xa9fea9fe/' }),
      'URL address is not allowed (169.254.169.254, link-local)',
    ],
  ])('for %s', async (_what, body, error) => {
    expect(await server.admin('POST', '/api/v1/webhooks', body)).toMatchObject({
      status: 400,
      json: { error },
    });
  });

  test('when another has the same URL in its normal form, fragment apart', async () => {
    const same = { status: 400, json: { error: 'Webhook with the same URL already exists' } };
    const first = await create({ url: 'http://10.255.0.9/a' });
    const second = await create({ url: 'http://10.255.0.9/b' });

    expect(
      await server.admin('POST', '/api/v1/webhooks', webhook({ url: 'HTTP://10.255.0.9:80/a#x' })),
    ).toMatchObject(same);
    expect(
      await server.admin('PUT', `/api/v1/webhooks/${second}`, webhook({ url: 'http://10.255.0.9/a' })),
    ).toMatchObject(same);
    expect(
      await server.admin('PUT', `/api/v1/webhooks/${first}`, webhook({ url: 'http://10.255.0.9/a#y' })),
    ).toMatchObject({ status: 200 });
  });
});

describe('checks are made in one order', () => {
  const put = (path: string, authorization: string | null, body: unknown) =>
    server.call('PUT', path, { body, headers: authorization === null ? {} : { authorization } });
  const admin = basic('admin', 'door-keeper-7');

  test('credentials, role, uid, JSON, missing members, types, rules', async () => {
    const uid = await create();
    const good = `/api/v1/webhooks/${uid}`;
    const bad = '/api/v1/webhooks/999999';

    expect((await put(bad, null, '{')).json).toEqual({ error: 'Log In' });
    expect((await put(bad, user, '{')).json).toEqual({ error: 'Administrator rights required' });
    expect((await put(bad, admin, '{')).json).toEqual({ error: 'Wrong webhook uid' });
    expect((await put(good, admin, '{')).json).toEqual({ error: 'Wrong JSON body' });
    expect((await put(good, admin, { url: 1, status: 1, event_types: 1 })).json).toEqual({
      error: 'Wrong JSON body: no value for max_retries',
    });
    expect((await put(good, admin, webhook({ description: 1, url: 'x' }))).json).toEqual({
      error: 'Wrong JSON body: value description was of the wrong type',
    });
    expect((await put(good, admin, webhook({ url: 'http://127.0.0.1.x y/', max_retries: 9 }))).json).toEqual({
      error: 'Invalid URL format. Must be HTTP URL',
    });
    expect(
      (await put(good, admin, webhook({ url: 'http://169.254.169.254/', description: 'x'.repeat(1001) })))
        .json,
    ).toEqual({
      error: 'Description must be at most 1000 characters',
    });
  });

  test('a refused change changes nothing', async () => {
    const uid = await create({ description: 'before' });
    const before = await read(uid);

    await put(`/api/v1/webhooks/${uid}`, admin, webhook({ description: 'after', timeout: 1 }));

    expect(await read(uid)).toEqual(before);
  });

  test.each(['0', '-1', '01', '1.0', '1e3', 'x', '%20', '%zz', '%ff', '9007199254740993', '1'.repeat(5000)])(
    'the uid %s is a wrong one',
    async (uid) => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await server.admin(
          method,
          `/api/v1/webhooks/${uid}`,
          method === 'PUT' ? webhook() : undefined,
        );
        expect(answer).toMatchObject({ status: 400, json: { error: 'Wrong webhook uid' } });
      }
    },
  );
});

describe('an account that is no administrator', () => {
  test('reads webhooks without their secrets', async () => {
    const uid = await create({
      secret: 'hush hush hush hush',
      headers: '{"X-Key":"hush","__proto__":"hush"}',
    });

    const answer = await server.call('GET', `/api/v1/webhooks/${uid}`, { headers: { authorization: user } });

    expect(answer).toMatchObject({
      status: 200,
      json: { item_uid: uid, secret: '***', headers: '{"X-Key":"***","__proto__":"***"}' },
    });
    expect(answer.text).not.toContain('hush');
    const list = await server.call('GET', '/api/v1/webhooks?limit=50', { headers: { authorization: user } });
    expect(list.status).toBe(200);
    expect(list.text).not.toContain('hush');
  });

  test.each([
    ['POST', '/api/v1/webhooks'],
    ['PUT', '/api/v1/webhooks/1'],
    ['DELETE', '/api/v1/webhooks/1'],
    ['POST', '/api/v1/users'],
    ['POST', '/api/v1/events'],
  ])('may not %s %s', async (method, path) => {
    const answer = await server.call(method, path, { headers: { authorization: user }, body: {} });

    expect(answer).toMatchObject({ status: 403, json: { error: 'Administrator rights required' } });
  });
});
