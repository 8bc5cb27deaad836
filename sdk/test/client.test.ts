import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../../test/support/server.js';
import { type ClientOptions, LatchhookClient, LatchhookError, type WebhookBody } from '../src/client.js';

const OPENED = 'log.door_was_opened';

let clock: ManualClock;
let server: TestServer;
/** What the client has asked, as `GET /path`. */
let asked: string[];
beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock });
  asked = [];
});
afterEach(() => server.stop());

function clientOf(
  credentials: { token: string } | { apiKey: string } | { username: string; password: string },
) {
  const watched: typeof fetch = (input, init) => {
    asked.push(`${init?.method} ${new URL(String(input)).pathname}`);
    return fetch(input, init);
  };
  return new LatchhookClient({ baseUrl: server.url, fetch: watched, ...credentials } as ClientOptions);
}

const administrator = () => clientOf({ username: 'admin', password: ADMIN_PASSWORD });

const webhook = (path: string): WebhookBody => ({
  url: `http://127.0.0.1:9/${path}`,
  status: 'disabled',
  event_types: [OPENED],
  max_retries: 1,
});

async function refusalOf(call: Promise<unknown>): Promise<LatchhookError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LatchhookError)) throw new Error('not refused', { cause: error });
  return error;
}

describe('the client', () => {
  it('makes, reads, changes and deletes a webhook', async () => {
    const client = administrator();

    const { item_uid: uid } = await client.createWebhook(webhook('a'));
    const { item_uid: _, ...read } = await client.getWebhook(uid);
    await client.replaceWebhook(uid, { ...read, description: 'Žofie 王', max_retries: 5 });

    expect(await client.getWebhook(uid)).toMatchObject({ description: 'Žofie 王', max_retries: 5 });
    expect(await client.deleteWebhook(uid)).toEqual({});
    expect(await refusalOf(client.getWebhook(uid))).toMatchObject({ status: 400, text: 'Wrong webhook uid' });
  });

  it('reports events and reads what became of them', async () => {
    const client = administrator();
    await client.createWebhook(webhook('a'));

    const { items } = await client.acceptEvents([
      { event_type: OPENED, data: { lock: 1 } },
      { event_type: OPENED },
    ]);

    expect(items).toMatchObject([{ event_id: 1 }, { event_id: 2 }]);
    expect(await client.getEvent(1)).toMatchObject({ data: { lock: 1 }, deliveries: [{ status: 'held' }] });
    expect(await client.getDelivery(1)).toMatchObject({ event_id: 1, attempt_log: [] });
  });

  it('spells query parameters as the server reads them', async () => {
    const client = administrator();
    await client.createWebhook(webhook('a?b=1&c'));
    await client.createWebhook({ ...webhook('d'), event_types: ['log.tamper_event'] });

    const urls = async (query: Parameters<typeof client.listWebhooks>[0]) =>
      (await client.listWebhooks(query)).list_items.map(({ url }) => url.split('/').at(-1));

    expect(await urls({ q: ['b=1&c'] })).toEqual(['a?b=1&c']);
    expect(
      await urls({ event_type: ['log.tamper_event', OPENED], sort_field: 'url', sort_type: 'asc' }),
    ).toEqual(['a?b=1&c', 'd']);
    expect(await urls({ filter_field: 'event_type', filter_value: 'log.tamper_event' })).toEqual(['d']);
    expect(await client.getDashboard({ from: clock.now() - 1000, to: '' })).toMatchObject({
      success_rate: 100,
    });
  });

  it('keeps the path of its base URL', async () => {
    const client = new LatchhookClient({ baseUrl: `${server.url}/nowhere/`, token: 'x' });

    expect(await refusalOf(client.getInfo())).toMatchObject({ status: 404, text: 'Not found' });
  });
});

describe('credentials', () => {
  it('of an API key are sent as they are', async () => {
    const { key } = await administrator().createKey({ name: 'panel', scopes: ['events:write'] });
    const client = clientOf({ apiKey: key });

    await client.acceptEvents({ event_type: OPENED });

    expect(await refusalOf(client.listEvents())).toMatchObject({
      status: 403,
      text: 'Administrator rights required',
      method: 'GET',
      path: '/api/v1/events',
    });
  });

  it('of a token are not renewed: who gave it has to', async () => {
    const { token } = await administrator().logIn({ username: 'admin', password: ADMIN_PASSWORD });
    const client = clientOf({ token });
    await client.getSystem();
    await client.logOut();
    asked = [];

    expect(await refusalOf(client.getSystem())).toMatchObject({ status: 401, text: 'Log In' });
    expect(asked).toEqual(['GET /api/v1/system']);
  });

  it('with a password log in once, also for calls that are made at the same time', async () => {
    const client = administrator();

    await Promise.all([client.getSystem(), client.listWebhooks(), client.getDashboard()]);

    expect(asked.filter((one) => one === 'POST /api/v1/login')).toHaveLength(1);
  });

  it('with a password log in again, once, when the token has ended', async () => {
    const client = administrator();
    await client.getSystem();
    clock.advance(2 * 60 * 60 * 1000 + 1);
    asked = [];

    const answers = await Promise.all([client.getSystem(), client.getSystem(), client.listWebhooks()]);

    expect(answers).toHaveLength(3);
    expect(asked.filter((one) => one === 'POST /api/v1/login')).toHaveLength(1);
  });

  it('that are wrong are refused with the text of the log-in, and tried anew at the next call', async () => {
    const client = clientOf({ username: 'admin', password: 'not this one' });

    for (let i = 0; i < 2; i++) {
      expect(await refusalOf(client.getSystem())).toMatchObject({
        status: 400,
        text: 'Wrong login or password',
      });
    }
    expect(asked).toEqual(['POST /api/v1/login', 'POST /api/v1/login']);
  });

  it('that were locked out say for how long', async () => {
    const client = clientOf({ username: 'admin', password: 'not this one' });
    for (let i = 0; i < 10; i++) await refusalOf(client.getSystem());

    const error = await refusalOf(client.getSystem());

    expect(error).toMatchObject({ status: 429, text: 'Too many attempts' });
    expect(error.retryAfter).toBeGreaterThan(0);
    expect(error.message).not.toContain('not this one');
  });
});

describe('a list', () => {
  const ids = async (list: AsyncIterable<{ event_id: number }>) => {
    const found: number[] = [];
    for await (const { event_id } of list) found.push(event_id);
    return found;
  };
  const report = async (client: LatchhookClient, count: number) =>
    client.acceptEvents(Array.from({ length: count }, () => ({ event_type: OPENED })));

  it('is gone over to its end by cursor, whatever arrives meanwhile', async () => {
    const client = administrator();
    await report(client, 450);
    const seen: number[] = [];

    for await (const { event_id: id } of client.allEvents({ event_type: [OPENED] })) {
      if (seen.push(id) === 100) await report(client, 10);
    }

    expect(seen).toEqual(Array.from({ length: 450 }, (_, i) => 450 - i));
    expect(asked.filter((one) => one === 'GET /api/v1/events')).toHaveLength(3);
  });

  it('that has no cursor is gone over page by page', async () => {
    const client = administrator();
    await report(client, 120);
    const keys: string[] = [];

    for await (const { name } of client.allLog()) keys.push(name.key);

    expect(keys).toHaveLength(120);
    expect(asked.filter((one) => one === 'GET /api/v1/log/items')).toHaveLength(3);
  });

  it('is asked for no further than the loop goes', async () => {
    const client = administrator();
    await report(client, 450);

    for await (const { event_id: id } of client.allEvents()) if (id === 400) break;

    expect(asked.filter((one) => one === 'GET /api/v1/events')).toHaveLength(1);
  });

  it('of nothing has no items', async () => {
    expect(await ids(administrator().allEvents())).toEqual([]);
  });
});

describe('a call that is aborted', () => {
  it('rejects with the reason, and the client goes on', async () => {
    const client = administrator();
    const controller = new AbortController();
    const call = client.getSystem({ signal: controller.signal });
    controller.abort(new Error('enough'));

    await expect(call).rejects.toThrow('enough');
    await expect(client.getSystem({ signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
    expect(await client.getSystem()).toMatchObject({
      store: { kind: expect.stringMatching(/^(sqlite|postgres)$/) },
    });
  });
});

describe('an answer that is not ours', () => {
  it.each([
    [502, '<html>Bad gateway</html>', 'Bad Gateway'],
    [503, '{"message":"away"}', 'Service Unavailable'],
    [500, '', 'Internal Server Error'],
  ])('%s of a proxy is an error with its reason', async (status, body, text) => {
    const proxy = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

    expect(await refusalOf(new LatchhookClient({ baseUrl, token: 'x' }).getInfo())).toMatchObject({
      status,
      text,
      retryAfter: null,
    });
    proxy.close();
  });
});
