import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { report, reportAll } from '../support/deliveries.js';
import { startTestServer, type TestServer } from '../support/server.js';

const DOOR = 'log.access_granted_by_valid_identifier';
const ALARM = 'log.tamper_event';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const browser = useBrowser();

describe('the log', () => {
  test('is empty at first, and leads to the events', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/log' });
    await expectShown(page.getByText('The log is empty.'));
    await expectAccessible();
    await page.getByRole('link', { name: 'Go to events' }).click();
    await expectShown(page.getByRole('heading', { name: 'Events', level: 1 }));
  });

  test('lists as a panel does, by category, in sentences of the language, with person and number', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/log', language: 'de' });
    await report(server, { event_type: DOOR, data: { owner: 'Ana Petrova', number: '3090069', lock: 1 } });
    await report(server, { event_type: ALARM, data: { lock: 1 } });
    const rows = page.getByRole('table', { name: 'Log' }).getByRole('row');

    await expectShown(rows.filter({ hasText: 'Emergency' }), rows.filter({ hasText: 'Access' }));
    await expectShown(page.getByText('2 entries'));
    expect(await rows.filter({ hasText: 'Access' }).innerText()).toContain('Ana Petrova · 3090069');
    await expectAccessible();

    await page.getByText('Emergency', { exact: true }).first().click();
    await expectGone(rows.filter({ hasText: 'Access' }));
    expect(new URL(page.url()).search).toBe('?category=emergency');
    await page.goBack();
    await expectShown(rows.filter({ hasText: 'Access' }));
  });

  test('is in the language that is chosen', async () => {
    const { page } = await browser.visit(server.url, { path: '/log', language: 'fr' });
    await expectShown(page.getByRole('row').filter({ hasText: 'Urgence' }));
  });

  test('goes page by page, and the page is in the address', async () => {
    await reportAll(
      server,
      Array.from({ length: 60 }, (_, n) => ({
        event_type: DOOR,
        data: { number: `card-${n}` },
        created_at: n,
      })),
    );
    const { page } = await browser.visit(server.url, { path: '/log' });
    await expectShown(page.getByText(/^Page 1 of [2-9]$/));
    await page.getByRole('button', { name: 'Next' }).click();
    await expectShown(page.getByText('card-0').first());
    expect(new URL(page.url()).search).toBe('?page=2');
    await page.goBack();
    await expectShown(page.getByText('card-59').first());
  });

  test('fits a phone', async () => {
    const { page } = await browser.visit(server.url, { path: '/log', size: { width: 360, height: 740 } });
    await expectShown(page.getByRole('row').filter({ hasText: 'Emergency' }));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
