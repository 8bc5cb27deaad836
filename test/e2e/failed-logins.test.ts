import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { panelLogIn, plainLogIn, tokenOf } from '../support/logging-in.js';
import {
  ADMIN_PASSWORD,
  type Answer,
  basic,
  md5,
  startTestServer,
  type TestServer,
} from '../support/server.js';
import { dropStore } from '../support/store.js';

const MINUTE = 60_000;
/** Failures are written together after this time; the next log-in waits for that. */
const GATHERED_MS = 200;

let clock: ManualClock;
let server: TestServer;

beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock, env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' } });
});

afterEach(() => server.stop());

const logIn = (password: string, username = 'admin', from = '192.0.2.1'): Promise<Answer> =>
  panelLogIn(server, password, { username, from });

const post = (username: string, password: string, from = '192.0.2.1'): Promise<Answer> =>
  plainLogIn(server, password, { username, from });

describe('failed log-ins', () => {
  const fail = async (times: number, from = '192.0.2.1', username = 'admin') => {
    for (let i = 0; i < times; i++) {
      expect(await logIn(`wrong-${i}`, username, from)).toMatchObject({ status: 400 });
    }
  };

  test('after ten in 15 minutes that address is kept out of that account, until the first is 15 minutes old', async () => {
    await fail(5);
    // A store that counts by its own clock has them before time goes on.
    clock.advance(GATHERED_MS);
    await fail(1, '192.0.2.99');
    clock.advance(5 * MINUTE - GATHERED_MS);
    await fail(5);

    const refused = await logIn(ADMIN_PASSWORD);
    expect(refused).toMatchObject({ status: 429, json: { error: 'Too many attempts' } });
    expect(refused.headers['retry-after']).toBe('600');
    clock.advance(10 * MINUTE);
    expect(await logIn(ADMIN_PASSWORD)).toMatchObject({ status: 200 });
  });

  test('the owner still gets in from elsewhere, and others from there', async () => {
    await server.account('guard', 'user');
    clock.suspend(48 * 60 * MINUTE);
    await fail(10);

    expect(await logIn(ADMIN_PASSWORD)).toMatchObject({ status: 429 });
    expect(await logIn(ADMIN_PASSWORD, 'admin', '192.0.2.2')).toMatchObject({ status: 200 });
    expect(await logIn(ADMIN_PASSWORD, 'guard')).toMatchObject({ status: 200 });
  });

  test('Basic counts with log-in, and is kept out with it', async () => {
    const headers = { authorization: basic('admin', 'wrong'), 'x-forwarded-for': '192.0.2.1' };
    for (let i = 0; i < 10; i++) {
      expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 401 });
    }

    expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 429 });
    expect(await post('admin', ADMIN_PASSWORD)).toMatchObject({ status: 429 });
  });

  test("a panel's log-in counts apart: who is made to send some by a web page still gets in", async () => {
    await fail(10);

    expect(await logIn(ADMIN_PASSWORD)).toMatchObject({ status: 429 });
    expect(await post('admin', ADMIN_PASSWORD)).toMatchObject({ status: 200 });
  });

  test('an account that does not exist is kept out in the same way', async () => {
    await fail(10, '192.0.2.1', 'nobody');

    expect(await logIn('wrong', 'nobody')).toMatchObject({ status: 429 });
  });

  test('log-ins that succeed are not limited', async () => {
    for (let i = 0; i < 25; i++) {
      expect(await logIn(ADMIN_PASSWORD)).toMatchObject({ status: 200 });
    }
    await fail(9);

    expect(await logIn(ADMIN_PASSWORD)).toMatchObject({ status: 200 });
  });

  test('guesses sent at once are cut off like those sent one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => logIn(`guess-${i}`)));

    const judged = answers.filter(({ status }) => status === 400);
    expect(judged.length).toBeLessThanOrEqual(12);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40 - judged.length);
  });

  test('the addresses of one IPv6 subscriber count as one', async () => {
    for (let i = 1; i <= 10; i++) await logIn('wrong', 'admin', `2001:db8:0:1::${i}`);

    expect(await logIn(ADMIN_PASSWORD, 'admin', '2001:db8:0:1:ffff::1')).toMatchObject({ status: 429 });
    expect(await logIn(ADMIN_PASSWORD, 'admin', '2001:db8:0:2::1')).toMatchObject({ status: 200 });
  });

  test('X-Forwarded-For of a proxy that is not trusted does not hide the address', async () => {
    const untrusting = await startTestServer({ clock });
    const attempt = (from: number) =>
      untrusting.call('GET', `/api/v1/login?username=admin&password=${md5('wrong')}`, {
        headers: { 'x-forwarded-for': `192.0.2.${from}` },
      });
    for (let i = 0; i < 10; i++) expect(await attempt(i)).toMatchObject({ status: 400 });

    expect(await attempt(11)).toMatchObject({ status: 429 });
    await untrusting.stop();
  });

  describe('of one address, over all names', () => {
    /** Names and passwords that no account can have: they count, and take no time. */
    const spray = async (times: number, from = '192.0.2.1') => {
      for (let i = 0; i < times; i++) {
        const [name, password] = i % 2 ? ['n'.repeat(65) + i, 'x'] : [`name-${i}`, 'x'.repeat(129)];
        expect(await post(name, password, from)).toMatchObject({
          status: 400,
          json: { error: 'Wrong login or password' },
        });
      }
    };

    test('after a hundred in 15 minutes it is kept out, but for one log-in each 10 seconds', async () => {
      const token = tokenOf(await post('admin', ADMIN_PASSWORD, '192.0.2.2'));
      const owner = { username: 'owner', password: 'open-sesame-8', account_type: 'admin' };
      await server.call('POST', '/api/v1/users', {
        headers: { authorization: `Bearer ${token}` },
        body: owner,
      });
      clock.suspend(48 * 60 * MINUTE);
      await spray(100);

      const refused = await post('owner', owner.password);
      expect(refused).toMatchObject({ status: 429, json: { error: 'Too many attempts' } });
      expect(refused.headers['retry-after']).toBe('10');
      clock.advance(9_000);
      expect(await post('owner', owner.password)).toMatchObject({ status: 429 });
      clock.advance(1_000);
      // Which nobody can take away who sends what is never judged.
      expect(await post('n'.repeat(65), 'x')).toMatchObject({ status: 429 });
      expect(await post('owner', owner.password)).toMatchObject({ status: 200 });
      expect(await post('another', 'wrong')).toMatchObject({ status: 429 });
      clock.advance(10_000);
      expect(await post('another', 'wrong')).toMatchObject({ status: 400 });
      clock.advance(15 * MINUTE);
      await spray(50);
    });

    test('others get in, and the same with the token that they have', async () => {
      const token = tokenOf(await post('admin', ADMIN_PASSWORD));
      await spray(100, '2001:db8:0:1::5');
      await spray(100);

      expect(await post('nobody', 'wrong', '192.0.2.9')).toMatchObject({ status: 400 });
      expect(await post('nobody', 'wrong', '2001:db8:0:1::6')).toMatchObject({ status: 429 });
      expect(await post('nobody', 'wrong', '2001:db8:0:2::6')).toMatchObject({ status: 400 });
      const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.1' };
      expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 200 });
    });

    test('who got in from anywhere within the last day, or was given the password, passes every block', async () => {
      const guard = await server.account('guard', 'user');
      expect(await post('admin', ADMIN_PASSWORD)).toMatchObject({ status: 200 });
      clock.suspend(24 * 60 * MINUTE);
      await spray(100);
      for (let i = 0; i < 10; i++) await post('admin', 'x'.repeat(129), '192.0.2.3');

      expect(await post('admin', 'wrong')).toMatchObject({ status: 429 });
      expect(await post('admin', ADMIN_PASSWORD)).toMatchObject({ status: 200 });
      expect(await post('admin', ADMIN_PASSWORD, '192.0.2.3')).toMatchObject({ status: 200 });
      const headers = { authorization: guard, 'x-forwarded-for': '192.0.2.1' };
      expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 200 });
    });

    test('guesses that are judged count too, also across a restart', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
      onTestFinished(async () => {
        await dropStore(dataDir);
        rmSync(dataDir, { recursive: true, force: true });
      });
      const env = { LATCHHOOK_TRUST_PROXY: '127.0.0.1', LATCHHOOK_DATA_DIR: dataDir };
      const first = await startTestServer({ clock, env });
      const guess = (n: number, at: TestServer) =>
        at.call('POST', '/api/v1/login', { body: { username: `name-${n}`, password: 'wrong' } });
      for (let n = 0; n < 100; n++) expect(await guess(n, first)).toMatchObject({ status: 400 });
      await first.stop();

      const second = await startTestServer({ clock, env });

      expect(await guess(100, second)).toMatchObject({ status: 429 });
      await second.stop();
    });
  });

  test('400 connections of one address that make up names keep nobody else out', async () => {
    const flood = Array.from({ length: 400 }, (_, n) => post(`made-up-${n}`, 'wrong', '192.0.2.66'));
    const owners = Array.from({ length: 20 }, (_, n) => post('admin', ADMIN_PASSWORD, `192.0.2.${n + 100}`));

    expect((await Promise.all(owners)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    const answers = (await Promise.all(flood)).map(({ status }) => status);
    expect(answers.filter((status) => status === 400).length).toBeLessThanOrEqual(102);
    expect(new Set(answers)).toContain(503);
  });

  test('an unknown name that came while too many waited is judged like any other later', async () => {
    await Promise.all(
      Array.from({ length: 100 }, () => post('admin', `wrong-${Math.random()}`, '192.0.2.66')),
    );
    const unknown = await Promise.all(
      Array.from({ length: 100 }, (_, n) => post(`made-up-${n}`, 'wrong', '192.0.2.67')),
    );
    expect(unknown.some(({ status }) => status === 503)).toBe(true);

    expect(await post('made-up', 'wrong', '192.0.2.68')).toMatchObject({ status: 400 });
  });
});
