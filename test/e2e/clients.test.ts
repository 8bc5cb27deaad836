/**
 * Clients that were written for one panel, as they behave: their headers, the order of their calls, their quirks.
 * Each is followed for a simulated minute before its token ends, and one behind it.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import {
  ADMIN_PASSWORD,
  type Answer,
  basic,
  md5,
  startTestServer,
  type TestServer,
} from '../support/server.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TOKEN_LIVES = 120 * MINUTE;

let clock: ManualClock;
let server: TestServer;

beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock });
});

afterEach(() => server.stop());

interface Item {
  timestamp: number;
  category: string;
  priority: string;
  info: { text: string; model: Record<string, unknown> };
  name: { text: string; key: string };
}

const itemsOf = ({ json }: Answer) => (json as { list_items: Item[] }).list_items;

/** What a panel reports now, each time another number, so that events can be told apart. */
let reported = 0;
async function report(key = 'access_granted_by_valid_identifier'): Promise<string> {
  reported += 1;
  const number = String(3_000_000 + reported);
  const data = { lock: 0, owner: 'Administrator', number, apartment_address: '', type: 'card' };
  const answer = await server.admin('POST', '/api/v1/events', {
    event_type: `log.${key}`,
    created_at: clock.now(),
    data,
  });
  expect(answer.status).toBe(202);
  return number;
}

/** The steps of `client` each second: a minute before its token ends, the end, and a minute after it. */
async function aroundTheEndOfTheToken(poll: (second: number) => Promise<void>): Promise<void> {
  clock.advance(TOKEN_LIVES - MINUTE);
  for (let second = -60; second <= 60; second++) {
    await poll(second);
    clock.advance(SECOND);
  }
}

describe('a Home Assistant integration', () => {
  /** As aiohttp sends it: `application/json` on everything, also without a body. */
  class HomeAssistant {
    token = '';
    logIns = 0;
    readonly seen: { key: string; timestamp: number }[] = [];

    async logIn(): Promise<void> {
      this.logIns += 1;
      const answer = await server.call(
        'GET',
        `/api/v1/login?username=admin&password=${md5(ADMIN_PASSWORD)}`,
        { headers: this.#headers() },
      );
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('application/json');
      this.token = (answer.json as { token: string }).token;
    }

    async poll(): Promise<void> {
      let answer = await this.#read();
      if (answer.status === 401) {
        await this.logIn();
        answer = await this.#read();
      }
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('application/json');
      for (const { name, timestamp } of itemsOf(answer)) {
        const young = clock.now() - timestamp < 3 * SECOND;
        const known = this.seen.some((one) => one.key === name.key && one.timestamp === timestamp);
        if (young && !known) this.seen.push({ key: name.key, timestamp });
      }
    }

    #read(): Promise<Answer> {
      return server.call('GET', '/api/v1/log/items?limit=10&page_number=1', { headers: this.#headers() });
    }

    #headers() {
      return { 'content-type': 'application/json', authorization: `Bearer ${this.token}` };
    }
  }

  test('sees every event once while it is young, and logs in again when its token has ended', async () => {
    const client = new HomeAssistant();
    await client.logIn();
    const sent: { key: string; timestamp: number }[] = [];

    await aroundTheEndOfTheToken(async (second) => {
      if (second % 7 === 0) {
        const key = second % 2 === 0 ? 'incoming_call' : 'lock_was_opened_by_exit_btn';
        await report(key);
        sent.push({ key, timestamp: clock.now() });
      }
      await client.poll();
    });

    expect(client.seen).toEqual(sent);
    expect(client.logIns).toBe(2);
  });
});

describe.each([
  ['a PHP driver', (hex: string) => hex],
  ['a C# driver', (hex: string) => hex.toUpperCase()],
] as const)('%s', (_name, spell) => {
  const LOG_IN = `/api/v1/login?username=admin&password=${spell(md5(ADMIN_PASSWORD))}`;

  class Driver {
    token = '';
    logIns = 0;
    readonly numbers: unknown[] = [];
    /** When it was started: what had happened before is not its business. */
    readonly #from = clock.now();

    async logIn(): Promise<void> {
      this.logIns += 1;
      const answer = await server.call('GET', LOG_IN, { headers: { authorization: 'Basic ' } });
      this.token = (answer.json as { token: string }).token;
    }

    /** Reads what is there, and clears; it goes by the error's text and looks at no status. */
    async poll(): Promise<void> {
      const path = `/api/v1/log/items?limit=50&page_number=1&locale=en&sort_type=asc&from=${this.#from}`;
      let answer = await server.call('GET', path, { headers: this.#headers() });
      if ((answer.json as { error?: string }).error === 'Log In') {
        await this.logIn();
        answer = await server.call('GET', path, { headers: this.#headers() });
      }
      const items = itemsOf(answer);
      this.numbers.push(...items.map(({ info }) => info.model['number']));
      if (items.length === 0) return;
      const cleared = await server.call('POST', '/api/v1/system/data/clear', {
        headers: { ...this.#headers(), 'content-type': 'application/x-www-form-urlencoded' },
        body: { clear_fields: ['logs'] },
      });
      expect(cleared).toMatchObject({ status: 200, json: {} });
    }

    logOut(): Promise<Answer> {
      return server.call('POST', '/api/v1/logout', { headers: this.#headers() });
    }

    #headers() {
      return { authorization: `Bearer ${this.token}` };
    }
  }

  test('reads every event exactly once, oldest first, across the end of its token', async () => {
    const driver = new Driver();
    await driver.logIn();
    const sent: string[] = [];

    await aroundTheEndOfTheToken(async (second) => {
      if (second % 5 === 0) for (let i = 0; i < 3; i++) sent.push(await report());
      await driver.poll();
    });

    expect(driver.numbers).toEqual(sent);
    expect(driver.logIns).toBe(2);
  });

  test('misses nothing that happens between its reading and its clearing', async () => {
    const driver = new Driver();
    await driver.logIn();
    const sent = [await report(), await report()];
    const path = '/api/v1/log/items?limit=50&page_number=1&locale=en&sort_type=asc&from=0';
    const headers = { authorization: `Bearer ${driver.token}` };
    expect(itemsOf(await server.call('GET', path, { headers }))).toHaveLength(2);
    sent.push(await report());

    await server.call('POST', '/api/v1/system/data/clear', { headers, body: { data_types: ['logs'] } });

    expect(
      itemsOf(await server.call('GET', path, { headers })).map(({ info }) => info.model['number']),
    ).toEqual(sent.slice(2));
  });

  test('works on a backlog of more than one page, fifty at a time', async () => {
    const driver = new Driver();
    await driver.logIn();
    const sent: string[] = [];
    for (let i = 0; i < 120; i++) sent.push(await report());

    for (let i = 0; i < 4; i++) await driver.poll();

    expect(driver.numbers).toEqual(sent);
  });

  test('may log in for every poll', async () => {
    const driver = new Driver();
    const tokens = new Set<string>();
    for (let second = 0; second < 30; second++) {
      await driver.logIn();
      tokens.add(driver.token);
      await driver.poll();
      clock.advance(SECOND);
    }

    expect(tokens.size).toBe(1);
  });

  test('logs out, is told to log in then, and gets in again', async () => {
    const driver = new Driver();
    await driver.logIn();
    await report();

    expect((await driver.logOut()).status).toBe(200);
    await driver.poll();

    expect(driver.logIns).toBe(2);
    expect(driver.numbers).toHaveLength(1);
  });
});

describe('a property system', () => {
  const LOG_IN = `/api/v1/login?username=admin&password=${md5(ADMIN_PASSWORD)}`;
  const headers = () => ({ authorization: basic('admin', ADMIN_PASSWORD) });

  /** Takes no answer for the last but an empty list. */
  async function readAll(): Promise<unknown[]> {
    const numbers: unknown[] = [];
    for (let page = 1; page < 20; page++) {
      const path = `/api/v1/log/items?limit=20&page_number=${page}`;
      const answer = await server.call('GET', path, { headers: headers() });
      expect(answer.status).toBe(200);
      const items = itemsOf(answer);
      if (items.length === 0) return numbers;
      numbers.push(...items.map(({ info }) => info.model['number']));
    }
    throw new Error('the list has no end');
  }

  test('logs in with a Basic that has no credentials, and pages until the list is empty with Basic alone', async () => {
    const sent: string[] = [];
    for (let i = 0; i < 45; i++) {
      sent.push(await report());
      clock.advance(SECOND);
    }

    const login = await server.call('GET', LOG_IN, { headers: { authorization: 'Basic' } });

    expect(login).toMatchObject({ status: 200, json: { account_type: 'admin' } });
    expect(await readAll()).toEqual([...sent].reverse());
  });

  test('goes on when the token that it never used has ended', async () => {
    await server.call('GET', LOG_IN, { headers: { authorization: 'Basic ' } });
    const sent: string[] = [];

    await aroundTheEndOfTheToken(async (second) => {
      if (second % 20 === 0) sent.push(await report());
      if (second % 10 === 0) expect(await readAll()).toEqual([...sent].reverse());
    });

    expect(sent).toHaveLength(7);
  });
});
