import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { expectShown, useBrowser } from '../support/browser.js';
import { DOCUMENTED_PROXIES } from '../support/foreign/documented-proxies.js';
import { latchhook } from '../support/foreign/server.js';
import { ADMIN_PASSWORD } from '../support/process.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;
const PATH = '/latchhook';
const browser = useBrowser();

test.each(Object.entries(DOCUMENTED_PROXIES))(
  'under a path behind %s, as docs/proxies.md has it, the console is used in a browser and the API is called',
  async (_, startProxy) => {
    const { client, port: upstream } = await latchhook({ env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' } });
    const url = `http://127.0.0.1:${await startProxy(upstream)}`;

    // without the slash, as people type it
    const { page } = await browser.visit(url, {
      path: PATH,
      as: { username: 'admin', password: ADMIN_PASSWORD },
    });
    await page.getByRole('link', { name: 'Events', exact: true }).first().click();
    await expectShown(page.getByText(`POST ${url}${PATH}/api/v1/events`));
    expect(new URL(page.url()).pathname).toBe(`${PATH}/events`);

    // 5 MB pass, and the page hears of them by the stream
    const event = { event_type: EVENT_TYPE, source: 'north-door', data: { text: 'x'.repeat(50_000) } };
    const accepted = await fetch(`${url}${PATH}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: client.authorization },
      body: JSON.stringify(Array.from({ length: 100 }, () => event)),
    });
    expect(accepted.status).toBe(202);
    await expectShown(page.getByText('north-door'));

    await page.getByRole('table', { name: 'Events' }).getByRole('link').first().click();
    await page.waitForURL(/\/events\/\d+$/);
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${PATH}/events/\\d+$`));
    await page.reload();
    await expectShown(page.getByRole('heading', { level: 1 }), page.getByText('north-door'));

    const document = (await (await fetch(`${url}${PATH}/openapi.json`)).json()) as { servers: unknown };
    expect(document.servers).toEqual([{ url: PATH }]);
    expect(await (await fetch(`${url}${PATH}/docs`)).text()).toContain('Latchhook API');
    // its own root, and names that begin like the path, are not ours
    for (const other of ['/api/info', `${PATH}es/`]) {
      expect((await fetch(url + other)).headers.get('content-type') ?? '').not.toContain('json');
    }
  },
);
