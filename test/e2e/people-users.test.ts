import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_PASSWORD, type Answer, basic, startTestServer, type TestServer } from '../support/server.js';

const USERS = '/api/v1/users';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const make = async (username: string, account_type = 'user'): Promise<number> => {
  const body = { username, password: ADMIN_PASSWORD, account_type };
  const { json } = await server.admin('POST', USERS, body);
  return (json as { item_uid: number }).item_uid;
};

const logIn = (username: string, password = ADMIN_PASSWORD): Promise<Answer> =>
  server.call('POST', '/api/v1/login', { body: { username, password } });

const bearer = (login: Answer) => `Bearer ${(login.json as { token: string }).token}`;

const as = (authorization: string, method = 'GET', path = '/api/v1/webhooks'): Promise<Answer> =>
  server.call(method, path, { headers: { authorization } });

const refused = (error: string) => ({ status: 400, json: { error } });

describe('accounts', () => {
  test('are listed newest first, without anything of their passwords, and by type', async () => {
    const uid = await make('lister');

    const { json } = await server.admin('GET', USERS);
    const first = { item_uid: uid, username: 'lister', account_type: 'user', created_at: expect.any(Number) };
    expect(json).toMatchObject({
      list_items: expect.arrayContaining([expect.objectContaining({ username: 'admin' })]),
      list_options: { pagination: { total_items: 2 }, sort: { field: 'item_uid', asc: false } },
    });
    expect((json as { list_items: unknown[] }).list_items[0]).toEqual(first);

    const admins = `${USERS}?filter_field=account_type&filter_value=admin`;
    expect(await server.admin('GET', admins)).toMatchObject({
      json: { list_items: [{ username: 'admin' }], list_options: { pagination: { total_items: 1 } } },
    });
    expect(await server.admin('GET', `${USERS}?sort_type=asc`)).toMatchObject({
      json: { list_items: [{ username: 'admin' }, first] },
    });
    expect(await server.admin('GET', `${USERS}?sort_field=password`)).toMatchObject(
      refused('Wrong sort field'),
    );
  });

  test('change where a member is given, and stay where it is left out or null', async () => {
    const uid = await make('before');

    expect(await server.admin('PUT', `${USERS}/${uid}`, { username: 'after', password: null })).toMatchObject(
      {
        status: 200,
        json: {},
      },
    );

    expect(await logIn('before')).toMatchObject({ status: 400 });
    expect(await logIn('after')).toMatchObject({ json: { account_type: 'user' } });
    await server.admin('PUT', `${USERS}/${uid}`, { account_type: 'admin' });
    expect(await logIn('after')).toMatchObject({ json: { account_type: 'admin' } });
  });

  test('with a new password lose their log-ins and their old password at once, and nobody else does', async () => {
    const uid = await make('forgetful');
    await make('neighbour');
    const token = bearer(await logIn('forgetful'));
    const other = bearer(await logIn('neighbour'));
    expect(await as(basic('forgetful', ADMIN_PASSWORD))).toMatchObject({ status: 200 });

    await server.admin('PUT', `${USERS}/${uid}`, { password: 'a new one for it' });

    expect(await as(token)).toMatchObject({ status: 401, json: { error: 'Log In' } });
    expect(await as(basic('forgetful', ADMIN_PASSWORD))).toMatchObject({ status: 401 });
    expect(await as(other)).toMatchObject({ status: 200 });
    expect(await as(bearer(await logIn('forgetful', 'a new one for it')))).toMatchObject({ status: 200 });
  });

  test('that change their own name or type keep their log-in, with the new rights', async () => {
    const uid = await make('climber', 'admin');
    const token = bearer(await logIn('climber'));

    await server.admin('PUT', `${USERS}/${uid}`, { account_type: 'user' });

    expect(await as(token)).toMatchObject({ status: 200 });
    expect(await as(token, 'GET', USERS)).toMatchObject({ status: 403 });
  });

  test('that are removed are gone at once, with their log-ins', async () => {
    const uid = await make('leaver');
    const token = bearer(await logIn('leaver'));

    expect(await server.admin('DELETE', `${USERS}/${uid}`)).toMatchObject({ status: 200, json: {} });

    expect(await as(token)).toMatchObject({ status: 401 });
    expect(await logIn('leaver')).toMatchObject(refused('Wrong login or password'));
    expect(await server.admin('DELETE', `${USERS}/${uid}`)).toMatchObject(refused('Wrong user uid'));
    expect(await make('leaver')).toBeGreaterThan(uid);
  });

  test('always have an administrator among them', async () => {
    const last = refused('The last administrator must stay');
    for (const username of ['climber', 'after']) {
      const { json } = await server.admin('GET', `${USERS}?sort_type=asc&limit=50`);
      const { list_items: items } = json as { list_items: { item_uid: number; username: string }[] };
      const item = items.find((one) => one.username === username);
      await server.admin('PUT', `${USERS}/${item?.item_uid}`, { account_type: 'user' });
    }

    expect(await server.admin('DELETE', `${USERS}/1`)).toMatchObject(last);
    expect(await server.admin('PUT', `${USERS}/1`, { account_type: 'user' })).toMatchObject(last);
    expect(await server.admin('GET', USERS)).toMatchObject({ status: 200 });

    const second = await make('second', 'admin');
    expect(await server.admin('PUT', `${USERS}/${second}`, { account_type: 'user' })).toMatchObject({
      status: 200,
    });
  });

  test('are told what is wrong with a change, uids first', async () => {
    const uid = await make('judged');
    const put = (path: string, body: unknown) => server.admin('PUT', `${USERS}/${path}`, body);

    for (const path of ['0', 'x', '9007199254740992', '999999', '%zz'])
      expect(await put(path, 'no JSON')).toMatchObject(refused('Wrong user uid'));
    expect(await put(`${uid}`, '[]')).toMatchObject(refused('Wrong JSON body'));
    expect(await put(`${uid}`, { username: 5 })).toMatchObject(
      refused('Wrong JSON body: value username was of the wrong type'),
    );
    expect(await put(`${uid}`, { username: '' })).toMatchObject(
      refused('Username must be between 1 and 64 characters'),
    );
    expect(await put(`${uid}`, { password: 'seven-7' })).toMatchObject(
      refused('Password must be between 8 and 128 characters'),
    );
    expect(await put(`${uid}`, { account_type: 'root' })).toMatchObject(
      refused("Account type must be 'admin' or 'user'"),
    );
    expect(await put(`${uid}`, { username: 'admin' })).toMatchObject(
      refused('User with the same username already exists'),
    );
  });
});
