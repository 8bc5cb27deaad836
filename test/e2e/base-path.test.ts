import { once } from 'node:events';
import http from 'node:http';
import { expect, test } from 'vitest';
import { publishedDocument } from '../../src/api/openapi/published.js';
import { CONSOLE_ADDRESSES, CONSOLE_ASSETS } from '../../src/api/routes/console.js';
import { readConfig } from '../../src/config.js';
import { afterwards } from '../support/ephemeral.js';
import { ADMIN_PASSWORD, basic, startTestServer } from '../support/server.js';

const PREFIX = '/latchhook';

async function aServer(env: Record<string, string> = {}): Promise<string> {
  const server = await startTestServer({ env });
  afterwards(() => server.stop());
  return server.url;
}

/** A proxy that takes the prefix off, or leaves it, and sends the headers besides. */
async function aProxy(
  upstream: string,
  { strip, headers = {} }: { strip: boolean; headers?: Record<string, string> },
): Promise<string> {
  const proxy = http.createServer((request, response) => {
    const { url = '', method } = request;
    if (!/^\/latchhook(\/|$)/.test(url)) {
      response.writeHead(418).end();
      return;
    }
    const path = strip ? url.slice(PREFIX.length) || '/' : url;
    const passed = { ...request.headers, ...headers };
    const asked = http.request(upstream + path, { method, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(asked);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  afterwards(async () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP address');
  return `http://127.0.0.1:${address.port}`;
}

/** What a page loads, and with what status each of it comes. */
async function files(page: string): Promise<Record<string, number>> {
  const html = await (await fetch(page)).text();
  const urls = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => new URL(url, page));
  const loaded = urls.map(async (url) => [url.pathname, (await fetch(url)).status] as const);
  return Object.fromEntries(await Promise.all(loaded));
}

const ways = {
  'takes the path off and says nothing': { env: {}, proxy: { strip: true }, told: false },
  'takes the path off, which is set': {
    env: { LATCHHOOK_BASE_PATH: PREFIX },
    proxy: { strip: true },
    told: true,
  },
  'leaves the path, which is set': {
    env: { LATCHHOOK_BASE_PATH: `${PREFIX}/` },
    proxy: { strip: false },
    told: true,
  },
  'is trusted, takes the path off and says so': {
    env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' },
    proxy: { strip: true, headers: { 'X-Forwarded-Prefix': PREFIX } },
    told: true,
  },
};

test.each(Object.entries(ways))(
  'behind a proxy that %s each page of the console loads its files from under the path',
  async (_, { env, proxy, told }) => {
    const url = await aProxy(await aServer(env), proxy);

    // Without the slash at its end only one that was told can know.
    const pages = ['/', '/webhooks', '/deliveries/17', '/settings/about', ...(told ? [''] : [])];
    for (const page of pages) {
      const loaded = await files(url + PREFIX + page);
      expect(Object.keys(loaded).length).toBeGreaterThan(2);
      for (const [path, status] of Object.entries(loaded)) {
        expect([page, path.startsWith(`${PREFIX}/assets/`), status]).toEqual([page, true, 200]);
      }
    }
    const authorization = basic('admin', ADMIN_PASSWORD);
    const list = await fetch(`${url}${PREFIX}/api/v1/webhooks?limit=10`, { headers: { authorization } });
    expect(await list.json()).toMatchObject({ list_items: [] });
  },
);

test('the document names the path as its server, or the public URL where there is one', async () => {
  const servers = async (url: string, headers: Record<string, string> = {}) =>
    ((await (await fetch(`${url}/openapi.json`, { headers })).json()) as { servers: unknown }).servers;
  const set = await aServer({ LATCHHOOK_BASE_PATH: PREFIX });
  expect(await servers(set)).toEqual([{ url: PREFIX }]);
  expect(await servers(set + PREFIX)).toEqual([{ url: PREFIX }]);

  const trusting = await aServer({ LATCHHOOK_TRUST_PROXY: '127.0.0.1' });
  expect(await servers(trusting)).toEqual([{ url: '/' }]);
  expect(await servers(trusting, { 'X-Forwarded-Prefix': '/a/,/b' })).toEqual([{ url: '/a/b' }]);

  const shown = await aServer({
    LATCHHOOK_BASE_PATH: PREFIX,
    LATCHHOOK_PUBLIC_URL: 'https://house.example/',
  });
  expect(await servers(shown)).toEqual([{ url: `https://house.example${PREFIX}` }]);
  expect(await (await fetch(`${shown}/docs`)).text()).toContain(`LATCHHOOK=https://house.example${PREFIX}\n`);
});

test('a prefix that comes from no trusted proxy, or is no path, changes nothing', async () => {
  const page = async (url: string, prefix: string) =>
    (await fetch(url, { headers: { 'X-Forwarded-Prefix': prefix } })).text();
  expect(await page(await aServer(), PREFIX)).toContain('"./assets/');

  const trusting = await aServer({ LATCHHOOK_TRUST_PROXY: '127.0.0.1' });
  for (const bad of ['//evil.example', 'evil', '/a"><script>', '/..', '/a/../..', `/${'a'.repeat(300)}`]) {
    expect(await page(trusting, bad)).toContain('"./assets/');
  }
  expect(await page(trusting, '/good')).toContain('"/good/assets/');
});

test('a longer name that begins as the path does is another path', async () => {
  const url = await aServer({ LATCHHOOK_BASE_PATH: PREFIX });
  expect((await fetch(`${url}${PREFIX}es/api/info`)).status).toBe(404);
  expect((await fetch(`${url}${PREFIX}/api/info`)).status).toBe(200);
  expect((await fetch(`${url}${PREFIX}?language=de`)).status).toBe(200);
});

test('a path that would hide one of its own, or is none, is refused at the start', () => {
  const own = [...Object.keys(publishedDocument().paths), ...CONSOLE_ADDRESSES, CONSOLE_ASSETS]
    .map((path) => path.split('/')[1] ?? '')
    .filter((part) => part !== '');
  expect(own.length).toBeGreaterThan(30);
  for (const part of own) {
    expect(() => readConfig({ LATCHHOOK_BASE_PATH: `/${part}/x` }, {}, '/')).toThrow(`/${part}`);
  }
  for (const path of ['latchhook', '//host', '/a b', '/a?b', '/..']) {
    expect(() => readConfig({ LATCHHOOK_BASE_PATH: path }, {}, '/')).toThrow('must be a path such as');
  }
  expect(readConfig({ LATCHHOOK_BASE_PATH: '/' }, {}, '/').basePath).toBe('');
});
