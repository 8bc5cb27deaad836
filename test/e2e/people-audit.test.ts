import { Check } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditList } from '../../src/api/contract/audit.js';
import { ManualClock } from '../support/clock.js';
import { startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, type Answer, basic, startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const AUDIT = '/api/v1/audit';
const SECOND = 1000;
const HOUR = 3600 * SECOND;

let clock: ManualClock;
let server: TestServer;

beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock, env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' } });
});
afterEach(() => server.stop());

type Item = AuditList['list_items'][number];

const items = async (query = ''): Promise<Item[]> => {
  const { json } = await server.admin('GET', `${AUDIT}?limit=50${query}`);
  return (json as AuditList).list_items;
};
const by = (action: Item['action']) => items(`&filter_field=action&filter_value=${action}`);

const logIn = (username: string, password: string, from = '192.0.2.1'): Promise<Answer> =>
  server.call('POST', '/api/v1/login', {
    body: { username, password },
    headers: { 'x-forwarded-for': from },
  });

describe('the audit trail', () => {
  test('says who changed what, when, and from where, newest first, as its schema says', async () => {
    const webhook = {
      url: 'http://127.0.0.1:9/hook',
      status: 'active',
      event_types: ['log.tamper_event'],
      max_retries: 1,
      secret: 'a very secret secret',
      headers: '{"X-Token":"as secret as it"}',
    };
    await server.admin('POST', '/api/v1/webhooks', webhook);
    clock.advance(5 * SECOND);
    await server.account('porter', 'admin');
    const headers = { authorization: basic('porter', ADMIN_PASSWORD), 'x-forwarded-for': '203.0.113.9' };
    const body = { ...webhook, status: 'disabled', secret: 'another secret secret' };
    await server.call('PUT', '/api/v1/webhooks/1', { headers, body });

    const { json, text } = await server.admin('GET', AUDIT);

    expect({ json, fits: Check(AuditList, json) }).toEqual({ json, fits: true });
    const changes = (json as AuditList).list_items.filter(({ action }) => action.startsWith('webhook'));
    expect(changes).toMatchObject([
      {
        action: 'webhook.changed',
        created_at: clock.now(),
        actor_kind: 'user',
        actor_uid: 2,
        actor_name: 'porter',
        address: '203.0.113.9',
        target_uid: 1,
        before: { status: 'active', secret: '***', headers: '{"X-Token":"***"}' },
        after: { status: 'disabled', secret: '***', headers: '{"X-Token":"***"}' },
        changed: ['status', 'secret'],
      },
      { action: 'webhook.created', created_at: clock.now() - 5 * SECOND, actor_name: 'admin', before: null },
    ]);
    for (const secret of [webhook.secret, body.secret, 'as secret as it', 'argon2', ADMIN_PASSWORD])
      expect(text).not.toContain(secret);
  });

  test('tells of each kind of change, by accounts, by keys and by Latchhook itself', async () => {
    const made = await server.admin('POST', '/api/v1/keys', { name: 'deploy', scopes: ['admin'] });
    const { item_uid: keyUid, key } = made.json as { item_uid: number; key: string };
    const headers = { authorization: `Bearer ${key}` };
    const body = { username: 'porter', password: ADMIN_PASSWORD, account_type: 'user' };
    await server.call('POST', '/api/v1/users', { headers, body });
    await server.call('PUT', '/api/v1/users/2', { headers, body: { password: 'a new password' } });
    await server.call('DELETE', '/api/v1/users/2', { headers });
    await server.admin('DELETE', `/api/v1/keys/${keyUid}`);

    const byKey = { actor_kind: 'key', actor_uid: keyUid, actor_name: 'deploy', address: '127.0.0.1' };
    const porter = { username: 'porter', account_type: 'user' };
    expect((await items('&sort_type=asc')).filter(({ action }) => action !== 'login')).toMatchObject([
      { action: 'user.created', actor_kind: 'system', actor_uid: null, address: null, target_uid: 1 },
      { action: 'key.created', actor_kind: 'user', after: { name: 'deploy', prefix: key.slice(0, 11) } },
      { action: 'user.created', ...byKey, target_uid: 2, before: null, after: porter },
      { action: 'user.changed', ...byKey, before: porter, after: porter, changed: ['password'] },
      { action: 'user.removed', ...byKey, before: porter, after: null },
      { action: 'key.revoked', actor_kind: 'user', target_uid: keyUid, after: null },
    ]);
    expect((await items()).map((item) => JSON.stringify(item)).join()).not.toContain(key);
  });

  test('tells that a webhook was disabled since its receiver is gone', async () => {
    const receiver = await startReceiver({ answer: 410 });
    const webhook = {
      url: receiver.url,
      status: 'active',
      event_types: ['log.tamper_event'],
      max_retries: 1,
    };
    await server.admin('POST', '/api/v1/webhooks', webhook);

    await server.admin('POST', '/api/v1/events', { event_type: 'log.tamper_event' });

    const [entry] = await until(
      () => by('webhook.disabled'),
      (found) => found.length > 0,
    );
    expect(entry).toMatchObject({
      actor_kind: 'system',
      actor_name: 'latchhook',
      target_uid: 1,
      after: { status: 'disabled', disabled_reason: 'receiver-gone' },
    });
    await receiver.close();
  });

  test('is for administrators, and nothing in the API changes it', async () => {
    const authorization = await server.account('porter', 'user');

    expect(await server.call('GET', AUDIT, { headers: { authorization } })).toMatchObject({ status: 403 });
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect(await server.admin(method, AUDIT, {})).toMatchObject({ status: 405 });
  });

  test('is found by action, by kind of actor and by time, page by page', async () => {
    const start = clock.now();
    clock.advance(SECOND);
    for (let n = 0; n < 12; n++)
      await server.admin('POST', '/api/v1/keys', { name: `${n}`, scopes: ['read'] });
    const page = async (query: string) =>
      (await server.admin('GET', `${AUDIT}?filter_field=action&filter_value=key.created${query}`)).json;

    expect(await page('')).toMatchObject({
      list_items: { length: 10 },
      list_options: { pagination: { total_items: 12, total_pages: 2 }, filter: { is_filtered: true } },
    });
    expect(await page('&page_number=2')).toMatchObject({
      list_items: [{ after: { name: '1' } }, { after: { name: '0' } }],
    });
    expect(await page(`&to=${start}`)).toMatchObject({ list_items: [] });
    expect(await items(`&to=${start + 1}&filter_field=actor_kind&filter_value=system`)).toMatchObject([
      { action: 'user.created' },
    ]);
    expect(await server.admin('GET', `${AUDIT}?filter_field=action&filter_value=other`)).toMatchObject({
      status: 400,
      json: { error: 'Wrong filter value' },
    });
  });
});

describe('log-ins in the audit trail', () => {
  test('are entered once an hour for each account and address, with tokens and with Basic', async () => {
    for (let n = 0; n < 3; n++) {
      const { json } = await logIn('admin', ADMIN_PASSWORD);
      const headers = { authorization: `Bearer ${(json as { token: string }).token}` };
      await server.call('POST', '/api/v1/logout', { headers });
    }
    await logIn('admin', ADMIN_PASSWORD, '192.0.2.2');

    const entries = (found: Item[]) => found.map(({ address }) => address);
    // Asking for the list is a log-in with Basic.
    const all = ['192.0.2.2', '192.0.2.1', '127.0.0.1'].sort();
    const found = await until(
      () => by('login'),
      (list) => list.length >= 3,
    );
    expect(entries(found).sort()).toEqual(all);
    expect(found[0]).toMatchObject({ actor_name: 'admin', actor_uid: 1, target_uid: 1 });

    clock.suspend(HOUR);
    await logIn('admin', ADMIN_PASSWORD);
    await until(
      () => by('login'),
      (list) => entries(list).filter((address) => address === '192.0.2.1').length === 2,
    );
  });

  test('that fail are entered with the name that was tried and how often, and never with the password', async () => {
    for (let n = 0; n < 3; n++) await logIn('admin', 'a wrong password');
    await server.call('GET', '/api/v1/login?username=nobody%00&password=a%20wrong%20password', {
      headers: { 'x-forwarded-for': '192.0.2.2' },
    });
    expect(await by('login.failed')).toEqual([]);

    clock.advance(SECOND);

    const found = await until(
      () => by('login.failed'),
      (list) => list.length === 2,
    );
    expect(found.reverse()).toMatchObject([
      { actor_uid: null, actor_name: 'admin', address: '192.0.2.1', after: { attempts: 3 } },
      { actor_uid: null, actor_name: 'nobody\ufffd', address: '192.0.2.2', after: { attempts: 1 } },
    ]);
    expect(JSON.stringify(found)).not.toContain('a wrong password');
  });
});
