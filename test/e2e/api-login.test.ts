import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Passwords } from '../../src/api/passwords.js';
import { systemClock } from '../../src/clock.js';
import { openConfiguredStore } from '../../src/configured-store.js';
import { SYSTEM } from '../../src/domain/actor.js';
import { ManualClock } from '../support/clock.js';
import { panelLogIn, tokenOf } from '../support/logging-in.js';
import {
  ADMIN_PASSWORD,
  type Answer,
  basic,
  md5,
  startTestServer,
  type TestServer,
} from '../support/server.js';

const MINUTE = 60_000;

let clock: ManualClock;
let server: TestServer;

beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock, env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' } });
});

afterEach(() => server.stop());

const logIn = (password: string, username = 'admin', from = '192.0.2.1'): Promise<Answer> =>
  panelLogIn(server, password, { username, from });

const read = (authorization: string): Promise<Answer> =>
  server.call('GET', '/api/v1/webhooks', { headers: { authorization } });

describe('logging in', () => {
  test('a panel client logs in with the MD5 of the password and gets a token of 64 letters and digits', async () => {
    const answer = await logIn(ADMIN_PASSWORD);

    expect(answer).toMatchObject({ status: 200, json: { account_type: 'admin' } });
    expect(tokenOf(answer)).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(await read(`Bearer ${tokenOf(answer)}`)).toMatchObject({ status: 200 });
  });

  test.each([
    ['lower', (hex: string) => hex],
    ['UPPER', (hex: string) => hex.toUpperCase()],
    ['Capitalised', (hex: string) => hex.replace(/[a-f]/, (letter) => letter.toUpperCase())],
  ])('the MD5 may come in %s case', async (_case, spell) => {
    const answer = await server.call(
      'GET',
      `/api/v1/login?username=admin&password=${spell(md5(ADMIN_PASSWORD))}`,
    );

    expect(answer.status).toBe(200);
  });

  test('our own clients post the plain password, under any Content-Type', async () => {
    const body = { username: 'admin', password: ADMIN_PASSWORD };

    for (const type of ['application/json', 'text/plain', '', 'not a media type']) {
      const headers = { 'content-type': type };
      expect(await server.call('POST', '/api/v1/login', { body, headers })).toMatchObject({ status: 200 });
    }
  });

  test('a wrong name and a wrong password are answered alike', async () => {
    const wrong = { status: 400, json: { error: 'Wrong login or password' } };

    expect(await logIn('wrong')).toMatchObject(wrong);
    expect(await logIn(ADMIN_PASSWORD, 'nobody')).toMatchObject(wrong);
    expect(await server.call('GET', '/api/v1/login?username=admin&password=plain')).toMatchObject(wrong);
    const body = { username: 'admin', password: md5(ADMIN_PASSWORD) };
    expect(await server.call('POST', '/api/v1/login', { body })).toMatchObject(wrong);
  });

  test('a parameter that is missing, empty or given twice is missed', async () => {
    const missed = { status: 400, json: { error: 'Required parameters missed' } };

    for (const query of [
      '',
      '?username=admin',
      `?password=${md5('x')}`,
      '?username=&password=',
      '?username=a&username=b&password=c',
    ]) {
      expect(await server.call('GET', `/api/v1/login${query}`)).toMatchObject(missed);
    }
    expect(await server.call('POST', '/api/v1/login', { body: { username: 'admin' } })).toMatchObject(missed);
  });

  test('a posted log-in that is not JSON, or of a wrong type, is told so', async () => {
    expect(await server.call('POST', '/api/v1/login', { body: 'username=admin' })).toMatchObject({
      status: 400,
      json: { error: 'Wrong JSON body' },
    });
    expect(
      await server.call('POST', '/api/v1/login', { body: { username: 'admin', password: 1 } }),
    ).toMatchObject({
      status: 400,
      json: { error: 'Wrong JSON body: value password was of the wrong type' },
    });
  });

  test.each(['Bearer ', 'Basic', 'Basic bm9ib2R5Ondyb25n', `Bearer ${'x'.repeat(64)}`, 'Digest a=b'])(
    'the header "Authorization: %s" is ignored at log-in and device info',
    async (authorization) => {
      const headers = { authorization };
      const login = `/api/v1/login?username=admin&password=${md5(ADMIN_PASSWORD)}`;

      expect(await server.call('GET', login, { headers })).toMatchObject({ status: 200 });
      expect(await server.call('GET', '/api/info', { headers })).toMatchObject({ status: 200 });
    },
  );

  test('one account at one address gets the same token for 60 seconds', async () => {
    const first = tokenOf(await logIn(ADMIN_PASSWORD));

    clock.advance(59_000);
    expect(tokenOf(await logIn(ADMIN_PASSWORD))).toBe(first);
    expect(tokenOf(await logIn(ADMIN_PASSWORD, 'admin', '192.0.2.2'))).not.toBe(first);
    clock.advance(2_000);
    expect(tokenOf(await logIn(ADMIN_PASSWORD))).not.toBe(first);
    expect(await read(`Bearer ${first}`)).toMatchObject({ status: 200 });
  });

  test('many log-ins at once get one token', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => logIn(ADMIN_PASSWORD)));

    expect(new Set(answers.map(tokenOf)).size).toBe(1);
  });

  test('a token ends after two hours, however much it is used', async () => {
    const token = tokenOf(await logIn(ADMIN_PASSWORD));

    clock.suspend(119 * MINUTE);
    expect(await read(`Bearer ${token}`)).toMatchObject({ status: 200 });
    clock.advance(1 * MINUTE);
    expect(await read(`Bearer ${token}`)).toMatchObject({ status: 401, json: { error: 'Log In' } });
  });

  test.each(['GET', 'POST'])('%s logout ends the token, and the next log-in gets another', async (method) => {
    const token = tokenOf(await logIn(ADMIN_PASSWORD));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

    expect(await server.call(method, '/api/v1/logout', { headers })).toMatchObject({ status: 200, json: {} });

    expect(await read(`Bearer ${token}`)).toMatchObject({ status: 401 });
    expect(tokenOf(await logIn(ADMIN_PASSWORD))).not.toBe(token);
  });
});

describe('credentials of a request', () => {
  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic',
    `Bearer ${'x'.repeat(64)}`,
    'Basic !!!',
    basic('admin', 'wrong'),
    'Digest username="admin"',
  ])('without valid ones (%s) a request is told to log in, and no browser is made to ask', async (header) => {
    const headers = header === undefined ? {} : { authorization: header };

    const answer = await server.call('GET', '/api/v1/webhooks', { headers });

    expect(answer).toMatchObject({ status: 401, json: { error: 'Log In' } });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['www-authenticate']).toBeUndefined();
  });

  test('a token in the query is no credential', async () => {
    const token = tokenOf(await logIn(ADMIN_PASSWORD));

    expect(await server.call('GET', `/api/v1/webhooks?token=${token}`)).toMatchObject({ status: 401 });
  });

  test('HTTP Basic with the plain password works', async () => {
    expect(await read(basic('admin', ADMIN_PASSWORD))).toMatchObject({ status: 200 });
    expect(await read(basic('admin', md5(ADMIN_PASSWORD)))).toMatchObject({ status: 401 });
  });

  test('a new password set by another process counts at once, for what was remembered too', async () => {
    const token = tokenOf(await logIn(ADMIN_PASSWORD));
    expect(await read(basic('admin', ADMIN_PASSWORD))).toMatchObject({ status: 200 });

    const tool = await openConfiguredStore(server.config, systemClock, 'tool');
    const admin = await tool.people.userByName('admin');
    const passwordHash = await new Passwords().hash(md5('another-one-8'));
    await tool.people.changeUser(
      admin?.uid ?? 0,
      { username: null, accountType: null, passwordHash },
      SYSTEM,
    );
    await tool.close();

    expect(await read(basic('admin', ADMIN_PASSWORD))).toMatchObject({ status: 401 });
    expect(await read(`Bearer ${token}`)).toMatchObject({ status: 401 });
    expect(await logIn(ADMIN_PASSWORD)).toMatchObject({ status: 400 });
    expect(await read(basic('admin', 'another-one-8'))).toMatchObject({ status: 200 });
    expect(tokenOf(await logIn('another-one-8'))).not.toBe(token);
  });
});

describe('pages of other sites', () => {
  const OTHER = { status: 403, json: { error: 'Request of another site refused' } };
  const page = (headers: Record<string, string>, password = 'wrong') =>
    server.call('GET', `/api/v1/login?username=admin&password=${md5(password)}`, { headers });
  const signedIn = (headers: Record<string, string>) =>
    server.call('GET', '/api/v1/webhooks', {
      headers: { ...headers, authorization: basic('admin', ADMIN_PASSWORD) },
    });

  test.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    // Of no proxy that was named: see below
    { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example.com' },
  ])('are refused what a browser sends for them, with %j, and it counts as no failure', async (headers) => {
    for (let i = 0; i < 11; i++) expect(await page(headers)).toMatchObject(OTHER);
    const body = { username: 'admin', password: 'wrong' };
    for (let i = 0; i < 11; i++)
      expect(await server.call('POST', '/api/v1/login', { headers, body })).toMatchObject(OTHER);
    expect(await page(headers, ADMIN_PASSWORD)).toMatchObject(OTHER);
    expect(await signedIn(headers)).toMatchObject(OTHER);

    expect(await page({}, ADMIN_PASSWORD)).toMatchObject({ status: 200 });
    expect(await signedIn({})).toMatchObject({ status: 200 });
  });

  test.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://door.example', 'x-forwarded-host': 'door.example' },
    { origin: 'https://hooks.example' },
  ])('are not those of our own, with %j', async (headers) => {
    const named = await startTestServer({
      clock,
      env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1', LATCHHOOK_PUBLIC_URL: 'https://hooks.example/latch' },
    });
    const body = { username: 'admin', password: ADMIN_PASSWORD };

    expect(await named.call('POST', '/api/v1/login', { headers, body })).toMatchObject({ status: 200 });
    await named.stop();
  });

  test('X-Forwarded-Host of a proxy that is not trusted names nothing', async () => {
    const untrusting = await startTestServer({ clock });
    const headers = { origin: 'http://door.example', 'x-forwarded-host': 'door.example' };
    const body = { username: 'admin', password: ADMIN_PASSWORD };

    expect(await untrusting.call('POST', '/api/v1/login', { headers, body })).toMatchObject(OTHER);
    const origin = untrusting.url;
    expect(await untrusting.call('POST', '/api/v1/login', { headers: { origin }, body })).toMatchObject({
      status: 200,
    });
    await untrusting.stop();
  });

  test('a token is sent by nobody but who holds it: it is judged as ever', async () => {
    const token = tokenOf(await logIn(ADMIN_PASSWORD));
    const headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': 'cross-site' };

    expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 200 });
  });
});
