import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const DOOR = 'log.door_was_opened';
const CALL = 'log.incoming_call';

let server: TestServer;
let receiver: Receiver;
beforeAll(async () => {
  server = await startTestServer();
  receiver = await startReceiver();
  await subscribe(server, `${receiver.url}/hook`, { event_types: [DOOR] });
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

const rowOf = (page: Page, eventId: number) =>
  page
    .getByRole('table', { name: 'Events' })
    .getByRole('row')
    .filter({ hasText: `#${eventId}` });

describe('events', () => {
  test('that there are none yet is said, with the call by which they come', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/events' });
    await expectShown(page.getByText(`POST ${server.url}/api/v1/events`));
    await expectAccessible();
  });

  test('arrive without reloading, with source and person, also those without a subscriber', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/events' });
    const door = await report(server, { event_type: DOOR, source: 'garage', data: { owner: 'Ana Petrova' } });
    const call = await report(server, { event_type: CALL, data: { number: '101' } });

    await expectShown(
      rowOf(page, door).getByText('1 delivery'),
      rowOf(page, call).getByText('no subscriber'),
    );
    expect(await rowOf(page, door).innerText()).toMatch(/garage\s+Ana Petrova/);
    await expectAccessible();

    await page.getByRole('switch', { name: 'Without a subscriber' }).click();
    await expectGone(rowOf(page, door));
    await expectShown(rowOf(page, call));
    expect(new URL(page.url()).search).toBe('?state=unmatched');
  });

  test('have a page with what was said and the deliveries, which are sent again from there', async () => {
    const eventId = await report(server, { event_type: DOOR, data: { lock: 2, owner: 'Mia' } });
    await deliveryOf(server, eventId, ended);
    const { page, expectAccessible } = await browser.visit(server.url, { path: `/events/${eventId}` });

    await expectShown(page.getByText('"owner"'), page.getByRole('cell', { name: 'delivered' }));
    await expectAccessible();
    const before = receiver.requests.length;
    await page.getByRole('button', { name: /^Resend: / }).click();
    const requests = await receiver.next(before + 1);
    expect(requests.at(-1)?.headers['x-webhook-resend']).toBe('1');

    await page.getByRole('link', { name: /\/hook$/ }).click();
    await expectShown(page.getByRole('heading', { name: /^Delivery / }));
  });

  test('without a subscriber say why nothing was sent; an unknown one says that it is', async () => {
    const eventId = await report(server, { event_type: CALL });
    const { page, allow, expectAccessible } = await browser.visit(server.url, { path: `/events/${eventId}` });
    await expectShown(page.getByText('no webhook subscribed to this event type'));
    await expectAccessible();

    allow(/status of 400/);
    await page.goto('/events/999999');
    await expectShown(page.getByRole('heading', { name: 'Unknown event' }));
  });
});
