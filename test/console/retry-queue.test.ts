import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { attempted, deliveryOf, eventOf, report, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

const ALARM = 'log.tamper_event';
const PORTER = { username: 'porter', password: ADMIN_PASSWORD };

let server: TestServer;
let receiver: Receiver;
let status = 503;
beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_RETRY_BASE_MS: '90000' } });
  await server.account(PORTER.username, 'user');
  receiver = await startReceiver({ answer: () => status });
  await subscribe(server, `${receiver.url}/hook`);
});
beforeEach(() => {
  status = 503;
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

const rowOf = (page: Page, eventId: number) =>
  page
    .getByRole('table', { name: 'Retry queue' })
    .getByRole('row')
    .filter({ hasText: `#${eventId}` });

async function waiting(): Promise<number> {
  const eventId = await report(server);
  await deliveryOf(server, eventId, attempted(1));
  return eventId;
}

describe('the retry queue', () => {
  test('says that nothing waits', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/retry-queue' });
    await expectShown(page.getByText('Nothing waits for a retry'));
    await expectAccessible();
  });

  test('says what is held in its place', async () => {
    const uid = await subscribe(server, `${receiver.url}/off`, { event_types: [ALARM], status: 'disabled' });
    await report(server, { event_type: ALARM });
    const { page } = await browser.visit(server.url, { path: '/retry-queue' });
    await expectShown(page.getByText('but 1 delivery is held: its webhook fails or is disabled.'));

    await page.getByRole('main').getByRole('link', { name: 'Show what is held' }).last().click();
    await expectShown(page.getByRole('row').filter({ hasText: 'held' }).getByText('/off'));
    await page.getByRole('row').filter({ hasText: '/off' }).getByRole('link').first().click();
    await expectShown(page.getByText('its webhook fails or is disabled', { exact: true }));
    await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
  });

  test('shows what is tried again and when, counting down, and sends one now', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/retry-queue' });
    const eventId = await waiting();
    const countdown = rowOf(page, eventId).locator('time');
    await countdown.waitFor();
    const before = await countdown.innerText();
    expect(before).toMatch(/^in 1:\d\d$|^in \d+ seconds$/);
    await expect.poll(() => countdown.innerText()).not.toBe(before);
    await expectAccessible();

    status = 200;
    await rowOf(page, eventId)
      .getByRole('button', { name: /^Send now/ })
      .click();
    await expectShown(page.getByText('It is on its way.'));
    await page.getByRole('heading', { name: 'Retry queue', level: 1 }).click();
    await expectGone(rowOf(page, eventId));
    expect((await eventOf(server, eventId)).deliveries[0]?.status).toBe('delivered');
  });

  test('cancels one, after asking', async () => {
    const eventId = await waiting();
    const { page } = await browser.visit(server.url, { path: '/retry-queue' });

    await rowOf(page, eventId)
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the delivery' }).click();
    await expectShown(page.getByText('The delivery is cancelled.'));
    await page.getByRole('heading', { name: 'Retry queue', level: 1 }).click();
    await expectGone(rowOf(page, eventId));
    expect((await eventOf(server, eventId)).deliveries[0]?.status).toBe('cancelled');
  });

  test('has no buttons for a user, and fits a phone', async () => {
    const eventId = await waiting();
    const { page } = await browser.visit(server.url, {
      path: '/retry-queue',
      as: PORTER,
      size: { width: 360, height: 740 },
    });
    await expectShown(rowOf(page, eventId));
    expect(await rowOf(page, eventId).getByRole('button').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
