import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { attempted, deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { answering, onEachRequest } from '../support/hostile.js';
import { type Receiver, startRawReceiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

const CARD = '12345678901234567890';
const PORTER = { username: 'porter', password: ADMIN_PASSWORD };

let server: TestServer;
let receiver: Receiver;
let status = 200;
beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_RETRY_BASE_MS: '600000' } });
  await server.account(PORTER.username, 'user');
  receiver = await startReceiver({
    answer: () => ({
      status,
      headers: { 'content-type': 'application/json', 'x-node': 'b7' },
      body: `{"card":${CARD},"ok":${status === 200}}`,
    }),
  });
  await subscribe(server, `${receiver.url}/hook`, {
    secret: 'a-secret-of-20-letters',
    headers: '{"X-Building":"tower-3"}',
  });
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

async function deliveryThatWas(answered: number): Promise<number> {
  status = answered;
  const eventId = await report(server, { source: "gate's", data: { owner: 'Ana', text: "it's" } });
  const { item_uid } = await deliveryOf(server, eventId, answered === 200 ? ended : attempted(1));
  return item_uid;
}
const side = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the page of a delivery', () => {
  test('shows the event and the last attempt, request and answer side by side, digit for digit', async () => {
    status = 200;
    const body = `{"event_type":"log.access_granted_by_valid_identifier","data":{"card":${CARD}}}`;
    const accepted = await server.call('POST', '/api/v1/events', {
      headers: { authorization: `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}` },
      body,
    });
    const eventId = (accepted.json as { items: { event_id: number }[] }).items[0]?.event_id ?? 0;
    const { item_uid } = await deliveryOf(server, eventId, ended);
    const { page, expectAccessible } = await browser.visit(server.url, { path: `/deliveries/${item_uid}` });

    await expectShown(side(page, 'Request').getByText('X-Webhook-Signature'));
    expect(await page.title()).toBe(`Delivery ${item_uid} · Latchhook`);
    expect(await side(page, 'Request').innerText()).toContain(`"card": ${CARD}`);
    expect(await side(page, 'Request').innerText()).toContain('X-Building: ***');
    expect(await side(page, 'Answer').innerText()).toContain('x-node: b7');
    expect(await side(page, 'Answer').innerText()).toContain(`"card": ${CARD},`);
    expect(await page.getByRole('region', { name: 'Event', exact: true }).innerText()).toContain(CARD);
    await expectShown(page.getByText('Ended as delivered'));
    await expectAccessible();

    await page.getByRole('link', { name: `${receiver.url}/hook` }).click();
    await expectShown(page.getByRole('dialog').getByText('Edit webhook'));
    await page.goBack();
    await page.getByRole('link', { name: 'All deliveries of this event' }).click();
    await expectShown(page.getByRole('heading', { name: `Event ${eventId}`, level: 1 }));
  });

  test('gives the request as a line of curl that a shell takes to the letter', async () => {
    const uid = await deliveryThatWas(200);
    const { page, context } = await browser.visit(server.url, { path: `/deliveries/${uid}` });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const sent = receiver.requests.at(-1);

    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await expectShown(page.getByRole('button', { name: 'Copied' }));

    const line = String(await page.evaluate('navigator.clipboard.readText()'));
    const body = String(sent?.body).replaceAll("'", `'\\''`);
    expect(line).toContain(`--data-raw '${body}'`);
    expect(line).toContain(`-H 'X-Webhook-Signature: ${sent?.headers['x-webhook-signature']}'`);
    expect(line).not.toMatch(/content-length/i);
    expect(line.endsWith(`'${receiver.url}/hook'`)).toBe(true);
  });

  test('has a failed one sent now, and shows the second attempt in its timeline without reloading', async () => {
    const uid = await deliveryThatWas(503);
    const { page, expectAccessible } = await browser.visit(server.url, { path: `/deliveries/${uid}` });
    await expectShown(page.getByText('retrying'), page.getByText(/Next attempt in/));
    await expectAccessible();

    status = 200;
    await page.getByRole('button', { name: 'Send now' }).click();
    await expectShown(page.getByText('Ended as delivered'));
    await expectShown(page.getByRole('button', { name: /^Attempt 2/ }));

    await page.getByRole('button', { name: 'Resend' }).click();
    await expectShown(page.getByRole('button', { name: /^Attempt 3/ }));
    expect(receiver.requests.at(-1)?.headers['x-webhook-resend']).toBe('1');
  });

  test('cancels one that is owed, after asking', async () => {
    const uid = await deliveryThatWas(503);
    const { page, expectAccessible } = await browser.visit(server.url, { path: `/deliveries/${uid}` });

    await page.getByRole('button', { name: 'Cancel' }).click();
    await expectAccessible();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the delivery' }).click();

    await expectShown(page.getByText('Ended as cancelled · somebody cancelled it'));
    await expectGone(page.getByRole('button', { name: 'Cancel', exact: true }));
  });

  test('has no button for a user, who would be refused', async () => {
    const uid = await deliveryThatWas(503);
    const { page } = await browser.visit(server.url, { path: `/deliveries/${uid}`, as: PORTER });

    await expectShown(side(page, 'Answer'));
    for (const name of ['Send now', 'Resend', 'Cancel']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
  });

  test('of one that does not exist says so', async () => {
    for (const uid of ['999999', 'abc']) {
      const { page, allow, expectAccessible } = await browser.visit(server.url, {
        path: `/deliveries/${uid}`,
      });
      allow(/status of 400/);
      await expectShown(page.getByRole('heading', { name: 'Unknown delivery' }));
      await expectAccessible();
    }
  });

  test('says of a success what was wrong with the rest of the answer', async () => {
    const sloppy = await startRawReceiver(
      answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok'),
    );
    const type = 'log.door_was_closed';
    await subscribe(server, sloppy.url, { event_types: [type] });
    const { item_uid } = await deliveryOf(server, await report(server, { event_type: type }), ended);
    const { page, expectAccessible } = await browser.visit(server.url, { path: `/deliveries/${item_uid}` });

    await expectShown(page.getByText('Ended as delivered'), page.getByText(/Content-Length came twice/));
    await expectAccessible();
    await sloppy.close();
  });

  test('says in words that an attempt went out twice', async () => {
    const dying = await startRawReceiver((socket) => {
      let onSocket = 0;
      const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
      onEachRequest(socket, () => void (++onSocket === 1 ? socket.write(ok) : socket.destroy()));
    });
    const kind = { event_type: 'log.door_was_opened' };
    await subscribe(server, dying.url, { event_types: [kind.event_type] });
    const first = await deliveryOf(server, await report(server, kind), ended);
    const second = await deliveryOf(server, await report(server, kind), ended);
    await dying.close();
    const { page } = await browser.visit(server.url, { path: `/deliveries/${second.item_uid}` });
    await expectShown(side(page, 'Request').getByText('Sent twice: the receiver closed the kept connection'));
    await page.goto(`${server.url}/deliveries/${first.item_uid}`);
    await expectShown(side(page, 'Answer'));
    expect(await side(page, 'Request').innerText()).not.toContain('Sent twice');
  });

  test('fits a phone', async () => {
    const uid = await deliveryThatWas(200);
    const { page } = await browser.visit(server.url, {
      path: `/deliveries/${uid}`,
      size: { width: 360, height: 740 },
    });
    await expectShown(side(page, 'Answer'));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
