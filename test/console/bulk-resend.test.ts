import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { deliveryOf, ended, reportAll, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

const PORTER = { username: 'porter', password: ADMIN_PASSWORD };
const MANY = 300;

let server: TestServer;
let receiver: Receiver;
let webhookUid: number;
let eventIds: number[];
/** Answers of a receiver that takes its time wait for this. */
let open: () => void = () => {};
let gate: Promise<void> | null = null;
beforeAll(async () => {
  server = await startTestServer();
  await server.account(PORTER.username, 'user');
  receiver = await startReceiver({
    answer: async () => {
      await gate;
      return 200;
    },
  });
  webhookUid = await subscribe(server, `${receiver.url}/hook`);
  eventIds = await reportAll(
    server,
    Array.from({ length: MANY }, (_, n) => ({ source: n < 20 ? 'garage' : 'lobby' })),
  );
  for (const id of eventIds.slice(-3)) await deliveryOf(server, id, ended);
  await receiver.next(MANY);
});
afterAll(async () => {
  open();
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Resend many deliveries' });

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Bulk resend' }).click();
  await dialog(page).waitFor();
}

describe('the bulk resend', () => {
  test('counts what the filter in force finds, sends it after confirmation, and shows the progress', async () => {
    const path = `/deliveries?webhook=${webhookUid}&status=delivered&source=garage`;
    const { page, expectAccessible } = await browser.visit(server.url, { path });
    await openDialog(page);

    await expectShown(dialog(page).getByText('20 deliveries are sent again.'));
    await expectShown(dialog(page).getByText('Sources: garage', { exact: false }));
    await expectAccessible();
    await dialog(page).getByRole('button', { name: 'Resend 20' }).click();

    const jobs = page.getByRole('region', { name: 'Bulk resends' });
    await expectShown(jobs.getByText(/done · 20 of 20/));
    expect((await receiver.next(MANY + 20)).at(-1)?.headers['x-webhook-resend']).toBe('1');
    await expectAccessible();
    await jobs.getByRole('button', { name: 'Close' }).click();
    await expectShown(jobs.getByRole('button', { name: 'Earlier bulk resends' }));
  });

  test('asks for a webhook, and says when nothing matches', async () => {
    const { page } = await browser.visit(server.url, { path: '/deliveries' });
    await openDialog(page);
    await expectShown(dialog(page).getByText('Choose at least one webhook.'));
    await dialog(page).getByRole('combobox', { name: 'To which webhooks' }).click();
    await page.getByRole('option', { name: '/hook' }).click();
    await expectShown(dialog(page).getByText('Nothing matches.'));
    expect(await dialog(page).getByRole('button', { name: 'Resend', exact: true }).isDisabled()).toBe(true);
    await dialog(page).getByLabel('delivered').check();
    await expectShown(dialog(page).getByText(`${MANY} deliveries are sent again.`));
  });

  test('is found again after a reload, and stopped', async () => {
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const path = `/deliveries?webhook=${webhookUid}&status=delivered`;
    const { page } = await browser.visit(server.url, { path });
    await openDialog(page);
    await dialog(page)
      .getByRole('button', { name: `Resend ${MANY}` })
      .click();
    const jobs = page.getByRole('region', { name: 'Bulk resends' });
    await expectShown(jobs.getByText(/^running · /));

    await page.reload();
    await expectShown(jobs.getByText(/^running · /));
    await jobs.getByRole('button', { name: 'Stop' }).click();
    await expectShown(jobs.getByText(/^cancelled · /));
    await expectGone(jobs.getByRole('button', { name: 'Stop' }));
    open();
    gate = null;
  });

  test('is not offered to a user, who sees the progress', async () => {
    const { page } = await browser.visit(server.url, { path: '/deliveries', as: PORTER });
    await page.getByRole('button', { name: 'Earlier bulk resends' }).click();
    await expectShown(page.getByText(/done · 20 of 20/));
    expect(await page.getByRole('button', { name: 'Bulk resend', exact: true }).count()).toBe(0);
  });
});
