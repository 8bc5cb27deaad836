import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectShown, useBrowser } from '../support/browser.js';
import { startTestServer, type TestServer } from '../support/server.js';

const PATH = '/house/latchhook';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_BASE_PATH: PATH } });
});
afterAll(() => server.stop());
const browser = useBrowser();

test('under a path the console logs in, moves between its pages, and is the same after a reload', async () => {
  const { page } = await browser.visit(server.url, { path: `${PATH}/` });
  await page.getByRole('link', { name: 'Webhooks' }).first().click();
  await expectShown(page.getByRole('heading', { name: 'Webhooks', level: 1 }));
  expect(new URL(page.url()).pathname).toBe(`${PATH}/webhooks`);

  await page.getByRole('link', { name: 'Events', exact: true }).first().click();
  await expectShown(page.getByText(`POST ${server.url}${PATH}/api/v1/events`));
  await page.reload();
  await expectShown(page.getByRole('heading', { name: 'Events', level: 1 }));
  await page.getByRole('link', { name: 'How to report an event' }).click();
  await expectShown(page.getByRole('heading', { name: 'Latchhook API' }));
  expect(new URL(page.url()).pathname).toBe(`${PATH}/docs`);
  await page.goBack();
  await page.goBack();
  await expectShown(page.getByRole('heading', { name: 'Webhooks', level: 1 }));
});

test('who comes past the proxy, to the root, finds the console there', async () => {
  const { page } = await browser.visit(server.url, { path: '/settings/about' });
  await expectShown(page.getByText('openapi.json'));
  expect(await page.getByRole('link', { name: 'openapi.json' }).getAttribute('href')).toBe('/openapi.json');
  expect(new URL(page.url()).pathname).toBe('/settings/about');
});
