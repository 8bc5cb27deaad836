import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

describe('accounts', () => {
  test('are made by administrators, and log in at once', async () => {
    const body = { username: 'porter', password: 'eight-ch', account_type: 'user' };

    const answer = await server.admin('POST', '/api/v1/users', body);

    expect(answer).toMatchObject({ status: 200, json: { item_uid: expect.any(Number) } });
    expect(await server.call('POST', '/api/v1/login', { body })).toMatchObject({
      json: { account_type: 'user' },
    });
    expect(await server.admin('POST', '/api/v1/users', body)).toMatchObject({
      status: 400,
      json: { error: 'User with the same username already exists' },
    });
  });

  test.each([
    [{ username: 'a', password: 'x' }, 'Wrong JSON body: no value for account_type'],
    [
      { username: 1, password: 'x', account_type: 'user' },
      'Wrong JSON body: value username was of the wrong type',
    ],
    [{ username: '', password: 'x', account_type: 'user' }, 'Username must be between 1 and 64 characters'],
    [
      { username: 'a', password: 'seven-7', account_type: 'user' },
      'Password must be between 8 and 128 characters',
    ],
    [{ username: 'a', password: 'eight-88', account_type: 'root' }, "Account type must be 'admin' or 'user'"],
  ])('%j is refused', async (body, error) => {
    expect(await server.admin('POST', '/api/v1/users', body)).toMatchObject({ status: 400, json: { error } });
  });
});
