import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { EVENT_TYPE, report, reportAll } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';
import { goTo } from './every-page.js';

const MANY = 40;

let server: TestServer;
let receiver: Receiver;
beforeAll(async () => {
  server = await startTestServer();
  receiver = await startReceiver();
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

test('from the log-in to a receiver that fails, is repaired, and gets everything', async () => {
  const url = `${receiver.url}/hook`;
  const { page, allow } = await browser.visit(server.url, { path: '/webhooks', as: null });
  const dialog = page.getByRole('dialog');
  const status = (word: string) => page.getByRole('row').getByText(word, { exact: true });
  allow(/status of 400/);

  // log in
  await page.getByLabel('Username').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await expectShown(page.getByText('Username or password is wrong.'));
  await page.getByLabel('Password', { exact: true }).fill(ADMIN_PASSWORD);
  await page.keyboard.press('Enter');

  // create, with a mistake on the way
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  await dialog.getByLabel('URL').fill('http://169.254.169.254/latest');
  await dialog.getByRole('tab', { name: 'Events' }).click();
  await dialog.getByLabel('Search event types').fill(EVENT_TYPE.replace('log.', ''));
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expectShown(dialog.getByText('URL address is not allowed (169.254.169.254, link-local)'));
  await dialog.getByLabel('URL').fill(url);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expectGone(dialog);
  await expectShown(page.getByRole('row').getByText(url));

  // send a test
  await page.getByRole('button', { name: `Actions for ${url}` }).click();
  await page.getByRole('menuitem', { name: 'Send test' }).click();
  await expectShown(dialog.getByText('The receiver took it.'));
  await page.keyboard.press('Escape');
  await expectGone(dialog);
  await expectShown(page.locator(`button:focus[aria-label="Actions for ${url}"]`));

  // a delivery arrives without reloading
  await goTo(page, '/deliveries');
  // Rows wait while somebody points at the list.
  await page.mouse.move(0, 0);
  await report(server, { source: 'lobby' });
  await expectShown(page.getByRole('row').getByText('#2'));
  await receiver.next(2);

  // a receiver that fails: seen, and sent now once it is repaired
  receiver.answerWith({ status: 503, body: 'out of order' });
  await report(server, { source: 'garage' });
  await expectShown(status('retrying'));
  await page.getByRole('link', { name: 'Retry queue' }).click();
  await expectShown(page.getByRole('row').getByText('#3'));
  await page.getByRole('row').getByRole('link').first().click();
  await expectShown(page.getByText('out of order'));
  receiver.answerWith(200);
  await page.getByRole('button', { name: 'Send now' }).click();
  await expectShown(page.getByText('Attempt 2').first(), page.getByText('delivered').first());

  // once more, and then many
  await page.getByRole('button', { name: 'Resend' }).click();
  await expectShown(page.getByText('Attempt 3').first());
  const events = Array.from({ length: MANY }, () => ({ source: 'north' }));
  await reportAll(server, events);
  await receiver.next(MANY + 5);
  await page.goto('/deliveries?status=delivered&source=north');
  await page.getByRole('button', { name: 'Bulk resend' }).click();
  await dialog.getByRole('combobox', { name: 'To which webhooks' }).click();
  await page.getByRole('option', { name: '/hook' }).click();
  await expectShown(dialog.getByText(`${MANY} deliveries are sent again.`));
  await dialog.getByRole('button', { name: `Resend ${MANY}` }).click();
  const jobs = page.getByRole('region', { name: 'Bulk resends' });
  await expectShown(jobs.getByRole('progressbar'), jobs.getByText(`${MANY} of ${MANY}`, { exact: false }));
  const sent = await receiver.next(2 * MANY + 5);
  expect(sent.filter(({ headers }) => headers['x-webhook-resend'] === '1')).toHaveLength(MANY + 1);

  // disable, and release what was held
  await goTo(page, '/webhooks');
  await page.getByRole('button', { name: `Actions for ${url}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expectGone(dialog);
  await report(server, { source: 'south' });
  await goTo(page, '/deliveries');
  await page.mouse.move(0, 0);
  await expectShown(status('held'));
  await goTo(page, '/webhooks');
  await page.getByRole('button', { name: `Actions for ${url}` }).click();
  await page.getByRole('menuitem', { name: 'Enable' }).click();
  await expectShown(dialog.getByText('1 delivery is held for it'));
  await dialog.getByRole('button', { name: 'Enable' }).click();
  await expectGone(dialog);
  await receiver.next(2 * MANY + 6);
  await goTo(page, '/deliveries');
  await page.mouse.move(0, 0);
  await expectGone(status('held'));

  // and out
  await page.getByRole('button', { name: 'Account: admin' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expectShown(page.getByRole('button', { name: 'Log in' }));
});
