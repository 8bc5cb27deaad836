import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { deliveryOf, ended, report, reportAll, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const DOOR = 'log.door_was_opened';
const ALARM = 'log.tamper_event';

let server: TestServer;
let receiver: Receiver;
let good: number;
beforeAll(async () => {
  server = await startTestServer();
  receiver = await startReceiver({ answer: ({ path }) => (path === '/bad' ? 500 : 200) });
  good = await subscribe(server, `${receiver.url}/good`, { event_types: [DOOR, ALARM] });
  await subscribe(server, `${receiver.url}/bad`, { event_types: [ALARM], max_retries: 1 });
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

const rows = (page: Page) => page.getByRole('table', { name: 'Deliveries' }).getByRole('row');
/** By the number of its event; the first row is the head. */
const rowOf = (page: Page, eventId: number) => rows(page).filter({ hasText: `#${eventId}` });

describe('without any delivery', () => {
  test('the page says what will be here, and leads to the webhooks', async () => {
    const fresh = await startTestServer();
    try {
      const { page, expectAccessible } = await browser.visit(fresh.url, { path: '/deliveries' });
      await expectShown(page.getByText('Nothing was delivered yet.'));
      await expectAccessible();
      await page.getByRole('link', { name: 'Go to webhooks' }).click();
      await expectShown(page.getByRole('heading', { name: 'Webhooks', level: 1 }));
    } finally {
      await fresh.stop();
    }
  });
});

describe('a delivery', () => {
  test('arrives in the table without reloading, and what becomes of it is shown there', async () => {
    const before = await report(server, { event_type: DOOR });
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/deliveries' });
    await expectShown(rowOf(page, before));
    await page.evaluate('window.sameDocument = true');

    const eventId = await report(server, { event_type: DOOR });

    await expectShown(rowOf(page, eventId).getByText('delivered'));
    expect(await rowOf(page, eventId).innerText()).toContain('200');
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    await expectAccessible();
  });

  test('waits while somebody points at the table, and no row moves meanwhile', async () => {
    const eventId = await report(server, { event_type: DOOR });
    const { page } = await browser.visit(server.url, { path: '/deliveries' });
    await expectShown(rowOf(page, eventId).getByText('delivered'));

    await rowOf(page, eventId).hover();
    const place = await rowOf(page, eventId).boundingBox();
    const late = await report(server, { event_type: DOOR });
    await expectShown(page.getByText('1 new entry; it is shown when you leave the list'));
    expect(await rowOf(page, eventId).boundingBox()).toEqual(place);
    expect(await rowOf(page, late).count()).toBe(0);

    await page.getByRole('heading', { name: 'Deliveries', level: 1 }).hover();
    await expectShown(rowOf(page, late));
  });

  test('waits while the list is not live, until it is asked for', async () => {
    const first = await report(server, { event_type: DOOR });
    const { page } = await browser.visit(server.url, { path: '/deliveries' });
    await expectShown(rowOf(page, first));

    await page.getByRole('switch', { name: 'Live' }).click();
    const late = await report(server, { event_type: DOOR });
    await page.getByRole('button', { name: 'Show 1 new entry' }).click();
    await expectShown(rowOf(page, late));
    expect(await page.getByRole('switch', { name: 'Live' }).isChecked()).toBe(true);
  });
});

describe('filters', () => {
  test('narrow the list, stand in the address, and Back takes them away again', async () => {
    const door = await report(server, { event_type: DOOR, source: 'garage' });
    const alarm = await report(server, { event_type: ALARM, source: 'lobby' });
    const { page } = await browser.visit(server.url, { path: '/deliveries' });
    await expectShown(rowOf(page, door), rowOf(page, alarm));

    // Those that reported lately are offered.
    await page.getByRole('combobox', { name: 'Source' }).fill('gar');
    await page.getByRole('option', { name: 'garage' }).click();
    await expectGone(rowOf(page, alarm));
    await expectShown(rowOf(page, door));
    expect(new URL(page.url()).search).toBe('?source=garage');

    await page.goBack();
    await expectShown(rowOf(page, alarm));

    await page.getByRole('combobox', { name: 'Event type' }).click();
    await page.keyboard.type('tamper');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expectGone(rowOf(page, door));
    await page.getByRole('combobox', { name: 'Webhook' }).click();
    await page.keyboard.type('/goo');
    await page.getByRole('option', { name: '/good' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).search).toBe(`?webhook=${good}&type=${ALARM}`);
    await expect.poll(() => rows(page).filter({ hasText: '/bad' }).count()).toBe(0);
    await expectShown(rowOf(page, alarm));
  });

  test('of a link are in force at once, by status, event and time; what it says that cannot be is left out', async () => {
    const [alarm = 0, other = 0] = await reportAll(server, [{ event_type: ALARM }, { event_type: DOOR }]);
    const path = `/deliveries?status=delivered&status=nonsense&event=${alarm}&event=0&period=1h&webhook=-7`;
    const { page } = await browser.visit(server.url, { path });

    await expectShown(rowOf(page, alarm).filter({ hasText: '/good' }));
    expect(await rowOf(page, other).count()).toBe(0);
    expect(await page.getByLabel('Event ID').inputValue()).toBe(String(alarm));
    expect(await page.getByRole('combobox', { name: 'Time' }).inputValue()).toBe('Last hour');

    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectShown(rowOf(page, other));
  });

  test('that nothing matches say so and can be cleared; a wrong event id is said at its field', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/deliveries?event=999999' });
    await expectShown(page.getByText('No delivery matches these filters.'));
    await expectAccessible();

    await page.getByLabel('Event ID').fill('45x');
    await page.keyboard.press('Enter');
    await expectShown(page.getByText('A whole number, such as 45'));
    expect(new URL(page.url()).search).toBe('?event=999999');
    await page.getByLabel('Event ID').fill('');
    await page.keyboard.press('Enter');
    await expectShown(rows(page));
  });
});

test('a long list goes page by page, and Back leads from a delivery to the page it was on', async () => {
  const ids = await reportAll(
    server,
    Array.from({ length: 110 }, () => ({ event_type: DOOR, source: 'long' })),
  );
  await deliveryOf(server, ids[0] ?? 0, ended);
  const { page } = await browser.visit(server.url, { path: '/deliveries?source=long' });
  await expectShown(rowOf(page, ids.at(-1) ?? 0));
  expect(await rows(page).count()).toBe(51);

  await page.getByRole('button', { name: 'Next' }).click();
  await expectShown(page.getByText('Page 2'), rowOf(page, ids[59] ?? 0));
  await rowOf(page, ids[59] ?? 0)
    .getByRole('link')
    .click();
  await expectShown(page.getByRole('heading', { name: /^Delivery \d+$/ }));
  await page.goBack();
  await expectShown(page.getByText('Page 2'), rowOf(page, ids[59] ?? 0));
  await page.getByRole('button', { name: 'Next' }).click();
  await expectShown(page.getByText('Page 3'), rowOf(page, ids[0] ?? 0));
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
});

test('on a phone rows are cards, filters are behind a button, and nothing is wider than the screen', async () => {
  const eventId = await report(server, { event_type: ALARM });
  const { page, expectAccessible } = await browser.visit(server.url, {
    path: '/deliveries',
    size: { width: 360, height: 740 },
  });
  await expectShown(rowOf(page, eventId));
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  expect(await page.getByLabel('Event ID').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await expectShown(page.getByLabel('Event ID'));
  await expectAccessible();
});

test('the page speaks the language that is chosen, and so do the events', async () => {
  const eventId = await report(server, { event_type: ALARM });
  const { page } = await browser.visit(server.url, { path: '/deliveries', language: 'pl' });
  await expectShown(page.getByRole('heading', { name: 'Dostawy', level: 1 }));
  const row = page
    .getByRole('row')
    .filter({ hasText: `nr ${eventId}` })
    .filter({ hasText: '/good' });
  await expectShown(row.getByText('dostarczona'));
});
