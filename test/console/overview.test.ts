import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectShown, useBrowser } from '../support/browser.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const DOOR = 'log.door_was_opened';
const TAMPER = 'log.tamper_event';

let server: TestServer;
let good: Receiver;
let bad: Receiver;
beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_RETRY_BASE_MS: '600000' } });
  good = await startReceiver();
  bad = await startReceiver({ answer: 503 });
  await createWebhook(good.url, DOOR);
});
afterAll(async () => {
  await server.stop();
  await Promise.all([good.close(), bad.close()]);
});
const browser = useBrowser();

async function createWebhook(url: string, eventType: string, status = 'active'): Promise<void> {
  const body = { url, status, event_types: [eventType], max_retries: 2 };
  const { status: answered, text } = await server.admin('POST', '/api/v1/webhooks', body);
  if (answered !== 200) throw new Error(text);
}

const location = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;

const report = (eventType: string, count: number) =>
  server.admin(
    'POST',
    '/api/v1/events',
    Array.from({ length: count }, () => ({ event_type: eventType })),
  );

test('the overview counts what happens while one looks at it, and shows who is not told', async () => {
  const { page, expectAccessible } = await browser.visit(server.url);
  const figure = (name: string, value: string) =>
    page.locator('dl > div', { hasText: name }).locator('dd', { hasText: value });
  await expectShown(figure('Success rate', '100%'), page.getByText('No webhook fails.'));

  await report(DOOR, 12);
  await expectShown(
    figure('Delivered', '12'),
    page.getByText('In the last minute: 12 events, 12 delivered, 0 failed attempts'),
    page.getByRole('img', { name: 'Deliveries over time: 12 delivered, 0 failed, 0 open' }),
    page.getByRole('row', { name: 'Door opened 12 0 0' }),
  );

  await createWebhook(bad.url, TAMPER);
  await report(TAMPER, 20);
  await expectShown(
    page.getByRole('link', { name: bad.url }),
    page.getByText('failing', { exact: true }),
    figure('Held now', '20'),
  );
  await expectAccessible();

  await page.getByRole('radiogroup', { name: 'Period' }).getByText('7 days').click();
  await expectShown(figure('Delivered', '12'));
  expect(new URL(page.url()).search).toBe('?period=week');
  await page.getByRole('link', { name: bad.url }).click();
  await expectShown(page.getByRole('dialog').getByText('Edit webhook'));
});

test('each figure leads to the deliveries that it counts, within the period', async () => {
  const { page } = await browser.visit(server.url, { path: '/?period=week' });
  const leadsTo = async (name: string | RegExp, address: string) => {
    await page.getByRole('link', { name }).click();
    await expect.poll(() => location(page)).toBe(address);
    await expectShown(page.locator('h1'));
    await page.goBack();
  };
  await leadsTo('Failed: 0', '/deliveries?status=failed&status=expired&period=7d');
  await leadsTo(/^Retrying: /, '/retry-queue');
  await leadsTo('Held now: 20', '/deliveries?status=held');
  await leadsTo('Door opened', `/deliveries?type=${DOOR}&period=7d`);
  await page.getByRole('link', { name: 'Delivered: 12' }).click();
  await expectShown(page.getByRole('row').getByText('delivered').first());
  expect(await page.getByRole('row').getByText('Door opened').count()).toBe(12);
});
