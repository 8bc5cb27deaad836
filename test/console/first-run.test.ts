import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
let receiver: Receiver;
beforeAll(async () => {
  server = await startTestServer({ env: { LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8' } });
  await server.account('porter', 'user');
  receiver = await startReceiver();
});
afterEach(async () => {
  const { json } = await server.admin('GET', '/api/v1/webhooks');
  for (const { item_uid } of (json as { list_items: { item_uid: number }[] }).list_items) {
    await server.admin('DELETE', `/api/v1/webhooks/${item_uid}`);
  }
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

test('an empty console leads from a URL to a test, and to an event that a panel reports with a key', async () => {
  const { page, allow, expectAccessible } = await browser.visit(server.url);
  const steps = page.getByRole('region', { name: 'First steps' });
  await expectShown(steps, page.getByRole('heading', { name: 'Deliveries over time' }));

  // where to
  const url = steps.getByLabel('URL of the receiver');
  await url.fill('ftp://door.example');
  await expectShown(steps.getByText('It begins with http:// or https:// and has no spaces.'));
  await steps.getByRole('button', { name: 'No receiver at hand?' }).click();
  await expectShown(steps.getByText('npm run demo'));
  allow(/status of 400/);
  await url.fill('http://[::1]:9000/');
  await page.keyboard.press('Enter');
  await expectShown(
    steps.getByText('URL address is not allowed (::1, loopback)'),
    steps.getByText('LATCHHOOK_EGRESS_ALLOW=127.0.0.0/8,::1/128 npm start'),
  );
  await url.fill(`${receiver.url}/hook`);
  await page.keyboard.press('Enter');
  await expectShown(steps.getByText(`${receiver.url}/hook`), steps.getByText(/^whsec_/));

  // a test
  await steps.getByRole('button', { name: 'Send test' }).click();
  await expectShown(
    steps.getByText('The receiver took it.'),
    steps.getByRole('region', { name: 'Request' }).getByText('"success"'),
  );
  expect(receiver.requests).toHaveLength(1);

  // an event of a panel
  await expectShown(steps.getByText('Waiting for the first event…'));
  await steps.getByRole('button', { name: 'Make a key' }).click();
  const line = await steps.getByText(/^curl http/).innerText();
  await expectAccessible();
  const answer = await sentAsByCurl(line);
  expect(answer).toBe(202);
  await expectShown(steps.getByText('The event arrived at the receiver.'));
  expect(receiver.requests).toHaveLength(2);

  // which is its end
  await page.reload();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await expectShown(page.getByText('Delivered').first());
  await expectShown(page.getByRole('region', { name: 'By event type' }).getByRole('row').first());
  expect(await steps.count()).toBe(0);
});

test('the first steps can be hidden, and come back from the settings', async () => {
  const { page } = await browser.visit(server.url);
  const steps = page.getByRole('region', { name: 'First steps' });
  await steps.getByRole('button', { name: 'Hide' }).click();
  await expectGone(steps);
  await page.reload();
  await expectShown(page.getByText('Nothing was owed in this time.').or(page.getByText('All webhooks')));
  expect(await steps.count()).toBe(0);

  await page.goto('/settings/general');
  await page.getByRole('button', { name: 'Show the first steps' }).click();
  await expectShown(steps.getByLabel('URL of the receiver'));
});

test('a receiver that does not take the test is shown with its answer, and a way to change the webhook', async () => {
  receiver.answerWith({ status: 404, body: 'no such hook' });
  const { page } = await browser.visit(server.url);
  const steps = page.getByRole('region', { name: 'First steps' });
  await steps.getByLabel('URL of the receiver').fill(`${receiver.url}/wrong`);
  await steps.getByRole('button', { name: 'Create webhook' }).click();
  await steps.getByRole('button', { name: 'Send test' }).click();

  await expectShown(steps.getByText('The receiver did not take it.'), steps.getByText('no such hook'));
  await steps.getByRole('link', { name: 'Change the webhook' }).click();
  await expectShown(page.getByRole('dialog').getByLabel('URL'));
});

test('a user, who could do none of it, is not led', async () => {
  const { page } = await browser.visit(server.url, { as: { username: 'porter', password: ADMIN_PASSWORD } });
  await expectShown(page.getByText('No webhook fails.'));
  expect(await page.getByRole('region', { name: 'First steps' }).count()).toBe(0);
});

/** Takes the line apart as a shell does, and sends it. */
async function sentAsByCurl(line: string): Promise<number> {
  const words = [...line.matchAll(/'([^']*)'|([^\s\\']+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  const after = (flag: string) => words[words.indexOf(flag) + 1] ?? '';
  const [name = '', value = ''] = after('-H').split(': ');
  const response = await fetch(words[1] ?? '', {
    method: 'POST',
    headers: { [name]: value, 'content-type': 'application/x-www-form-urlencoded' },
    body: after('-d'),
  });
  return response.status;
}
