import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

const PORTER = { username: 'porter', password: ADMIN_PASSWORD };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.account(PORTER.username, 'user');
});
afterAll(() => server.stop());
const browser = useBrowser();

describe('what the server sends', () => {
  test('is one page for every address of the console, with a policy that lets only its own scripts run', async () => {
    for (const path of ['/', '/webhooks', '/deliveries/7', '/settings/users']) {
      const { status, headers, text } = await server.call('GET', path);
      const policy = String(headers['content-security-policy']);

      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain('<div id="root">');
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  test('has another nonce each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, text } = await server.call('GET', '/');
        const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
        expect(text).toContain(`nonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('is compressed and kept for ever where its name tells its content', async () => {
    const { text } = await server.call('GET', '/');
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? '';

    for (const encoding of ['br', 'gzip']) {
      const { status, headers } = await server.call('GET', script, {
        headers: { 'accept-encoding': encoding },
      });
      expect([status, headers['content-encoding']]).toEqual([200, encoding]);
      expect(headers['content-type']).toContain('javascript');
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    const plain = await server.call('GET', script);
    expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
  });

  test('is JSON for what is no page and no asset', async () => {
    for (const path of ['/nowhere', '/api/v1/nowhere', '/assets/nothing.js', '/assets/..%2findex.html']) {
      const { status, json } = await server.call('GET', path);
      expect([path, status, json]).toEqual([path, 404, { error: 'Not found' }]);
    }
  });
});

describe('logging in', () => {
  test('leads to the page that was asked for, and lasts through a reload and into a new tab', async () => {
    const { page, context, expectAccessible } = await browser.visit(server.url, {
      path: '/webhooks',
      as: null,
    });
    await expectAccessible();

    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(ADMIN_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
    expect(await page.title()).toBe('Webhooks · Latchhook');

    await page.reload();
    await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
    const tab = await context.newPage();
    await tab.goto('/');
    await tab.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();

    await page.getByRole('button', { name: 'Account: admin' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByLabel('Username').waitFor();
    await tab.getByLabel('Username').waitFor();
    await page.reload();
    await page.getByLabel('Username').waitFor();
  });

  test('with a wrong password says so', async () => {
    const { page, allow } = await browser.visit(server.url, { as: null });
    allow(/status of 400 .*\/api\/v1\/login/);

    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();

    await expectShown(page.getByRole('alert').getByText('Username or password is wrong.'));
  });

  test('is asked for again when the token has ended, and leads back to where one was', async () => {
    const { page, allow } = await browser.visit(server.url, { path: '/webhooks', as: PORTER });
    allow(/status of 401/);
    await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();

    const users = (await server.admin('GET', '/api/v1/users')).json as {
      list_items: { item_uid: number; username: string }[];
    };
    const porter = users.list_items.find(({ username }) => username === PORTER.username);
    await server.admin('PUT', `/api/v1/users/${porter?.item_uid}`, { password: 'another-one-9' });

    await page.getByLabel('Username').fill(PORTER.username);
    await page.getByLabel('Password', { exact: true }).fill('another-one-9');
    await page.keyboard.press('Enter');
    await expectShown(page.getByRole('heading', { name: 'Webhooks', level: 1 }));
    await server.admin('PUT', `/api/v1/users/${porter?.item_uid}`, { password: PORTER.password });
  });
});

describe('the frame', () => {
  test('has a link to each page, with an address and a title of its own', async () => {
    const { page } = await browser.visit(server.url);
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    const names = await links.allInnerTexts();

    expect(names.slice(0, 2)).toEqual(['Overview', 'Webhooks']);
    for (const name of names) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      expect(await page.title()).toBe(`${name} · Latchhook`);
    }
  });

  test('speaks the language of the browser, and another one when it is chosen, also the next time', async () => {
    const { page } = await browser.visit(server.url, { language: 'pl' });
    await page.getByRole('heading', { name: 'Przegląd' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('pl');

    await page.getByRole('button', { name: 'Język: Polski' }).click();
    await page.getByRole('menuitemradio', { name: 'Français' }).click();
    await page.getByRole('heading', { name: "Vue d'ensemble" }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: "Vue d'ensemble" }).waitFor();
  });

  test('is dark when the system is, or when that is chosen', async () => {
    const scheme = (page: {
      locator: (css: string) => { getAttribute: (name: string) => Promise<string | null> };
    }) => page.locator('html').getAttribute('data-mantine-color-scheme');
    const dark = await browser.visit(server.url, { scheme: 'dark' });
    expect(await scheme(dark.page)).toBe('dark');

    const { page } = await browser.visit(server.url);
    expect(await scheme(page)).toBe('light');
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await page.getByRole('button', { name: 'Light colours' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Light colours' }).waitFor();
    expect(await scheme(page)).toBe('dark');
  });

  test('fits a phone: the links are behind a menu, and nothing is wider than the screen', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { size: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Webhooks', exact: true }).click();

    await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await expectAccessible();
  });

  test('can be walked by keyboard: the first stop leads past the navigation', async () => {
    const { page } = await browser.visit(server.url);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#main');
  });
});

test('a lost connection is shown, and gone when the server is back', async () => {
  const { page, context, allow } = await browser.visit(server.url, { path: '/webhooks' });
  allow(/ERR_INTERNET_DISCONNECTED/);
  await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();

  await context.setOffline(true);
  await expectShown(page.getByText('Connection lost'));
  await context.setOffline(false);
  await expectGone(page.getByText('Connection lost'));
});

test('a browser that was started without a locale, and calls its language en-US@posix, gets English', async () => {
  const { page, context } = await browser.visit(server.url, { as: null });
  await context.addInitScript("Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] })");

  await page.reload();

  await expectShown(page.getByLabel('Username'));
});
