import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const DOOR = 'log.door_was_opened';

let server: TestServer;
let receiver: Receiver;
beforeAll(async () => {
  server = await startTestServer();
  await server.account('porter', 'user');
});
afterAll(() => server.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { item_uid } of await webhooks()) await server.admin('DELETE', `/api/v1/webhooks/${item_uid}`);
  await receiver.close();
});
const browser = useBrowser();

interface Item {
  item_uid: number;
  url: string;
  status: string;
  event_types: string[];
  headers: string | null;
  description: string | null;
}

async function webhooks(): Promise<Item[]> {
  const { json } = await server.admin('GET', '/api/v1/webhooks?limit=50');
  return (json as { list_items: Item[] }).list_items;
}

async function createWebhook(change: object = {}): Promise<number> {
  const body = {
    url: `${receiver.url}/hook`,
    status: 'active',
    event_types: [DOOR],
    max_retries: 2,
    ...change,
  };
  const { status, json, text } = await server.admin('POST', '/api/v1/webhooks', body);
  if (status !== 200) throw new Error(text);
  return (json as { item_uid: number }).item_uid;
}

const dialog = (page: Page) => page.getByRole('dialog');
const act = async (page: Page, url: string, action: string) => {
  await page.getByRole('button', { name: `Actions for ${url}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

describe('the dialog of a webhook', () => {
  test('makes one in three tabs, from the first click to the row in the table', async () => {
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/webhooks' });
    await expectShown(page.getByText('There are no webhooks yet.'));
    await expectAccessible();

    await page.getByRole('button', { name: 'New webhook' }).first().click();
    await dialog(page).getByLabel('URL').fill(`${receiver.url}/attendance`);
    await dialog(page).getByLabel('Description').fill('Attendance of the north building');
    await dialog(page).getByRole('button', { name: 'Generate' }).click();
    const secret = await dialog(page).getByLabel('Secret', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    await expectAccessible();

    await dialog(page).getByRole('tab', { name: 'Events' }).click();
    await dialog(page).getByLabel('Search event types').fill('door');
    await dialog(page).getByRole('checkbox', { name: 'Door opened' }).check();
    await dialog(page).getByLabel('Search event types').fill('tamper_event');
    await dialog(page).getByRole('checkbox').first().check();
    await expectShown(dialog(page).getByText('2 of 41 chosen'));
    await expectAccessible();

    await dialog(page).getByRole('tab', { name: 'Headers' }).click();
    await dialog(page).getByRole('button', { name: 'Add header' }).click();
    await dialog(page).getByLabel('Name of header 1').fill('X-Building');
    await dialog(page).getByLabel('Value of header 1').fill('north');
    await expectAccessible();
    await dialog(page).getByRole('button', { name: 'Create' }).click();

    await expectGone(dialog(page));
    await expectShown(page.getByRole('row').getByText(`${receiver.url}/attendance`));
    await expectAccessible();
    expect(await webhooks()).toMatchObject([
      {
        url: `${receiver.url}/attendance`,
        status: 'active',
        event_types: [DOOR, 'log.tamper_event'],
        headers: '{"X-Building":"north"}',
        description: 'Attendance of the north building',
      },
    ]);
    const [made] = await webhooks();
    expect((await server.admin('GET', `/api/v1/webhooks/${made?.item_uid}`)).json).toMatchObject({ secret });
  });

  test('says at each field what is wrong with it while it is typed', async () => {
    const { page } = await browser.visit(server.url, { path: '/webhooks?edit=new' });
    const field = (name: string) => dialog(page).getByLabel(new RegExp(`^${name}( \\*)?$`));
    const wrong = async (name: string, typed: string, text: string) => {
      await field(name).fill(typed);
      await expectShown(dialog(page).getByText(text, { exact: true }));
      expect(await field(name).getAttribute('aria-invalid')).toBe('true');
    };

    await wrong('URL', 'ftp://door.example', 'It begins with http:// or https:// and has no spaces.');
    await wrong('URL', 'htt', '4 to 2,000 characters');
    await wrong('Retries', '6', 'A whole number from 1 to 5');
    await wrong('Timeout, ms', '999', 'A whole number from 1,000 to 30,000');
    await wrong('Secret', 'too short', '16 to 128 characters');
    await wrong('Secret', 'whsec_not base64 at all!', 'Behind whsec_ comes base64 of 16 bytes or more.');
    await wrong('Secret', ' a secret with a space', 'No white space at the beginning or the end.');
    await wrong('Description', 'x'.repeat(1001), '0 to 1,000 characters');
    await dialog(page).getByRole('button', { name: 'Order, rate and age' }).click();
    await wrong('At most, a second', '0', 'A whole number from 1 to 10,000');
    await wrong('Greatest age, s', '0', 'A whole number from 1 to 31,536,000');

    await dialog(page).getByRole('tab', { name: 'Headers' }).click();
    for (const [typed, text] of [
      ['X Building', 'Letters, digits and - only'],
      ['Authorization', 'This header cannot be set'],
    ] as const) {
      if ((await dialog(page).getByLabel('Name of header 1').count()) === 0)
        await dialog(page).getByRole('button', { name: 'Add header' }).click();
      await dialog(page).getByLabel('Name of header 1').fill(typed);
      await expectShown(dialog(page).getByText(text));
    }
    await dialog(page).getByLabel('Name of header 1').fill('X-Building');
    await dialog(page).getByLabel('Value of header 1').fill('nördlich');
    await expectShown(dialog(page).getByText('Plain ASCII characters only'));
    await dialog(page).getByRole('button', { name: 'Add header' }).click();
    await dialog(page).getByLabel('Name of header 2').fill('x-building');
    await expectShown(dialog(page).getByText('This name is there already'));

    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await expectShown(page.locator('input[name=url]:focus'));
    expect(await webhooks()).toEqual([]);
  });

  test('asks before it loses what was typed', async () => {
    const { page } = await browser.visit(server.url, { path: '/webhooks' });
    await page.getByRole('button', { name: 'New webhook' }).first().click();
    await expectShown(dialog(page).getByLabel('URL'));
    await page.keyboard.press('Escape');
    await expectGone(dialog(page));

    await page.getByRole('button', { name: 'New webhook' }).first().click();
    await dialog(page).getByLabel('URL').fill(`${receiver.url}/typed`);
    await page.keyboard.press('Escape');
    await expectShown(dialog(page).getByText('What you changed is not saved yet.'));
    await page.keyboard.press('Enter');
    await expectShown(dialog(page).getByRole('button', { name: 'Create' }));
    expect(await dialog(page).getByLabel('URL').inputValue()).toBe(`${receiver.url}/typed`);

    await page.mouse.click(5, 5);
    await dialog(page).getByRole('button', { name: 'Discard' }).click();
    await expectGone(dialog(page));
    expect(await webhooks()).toEqual([]);
  });

  test('shows at its field what only the server knows: a refused address, a URL that is taken', async () => {
    await createWebhook();
    const { page, allow } = await browser.visit(server.url, { path: '/webhooks?edit=new' });
    allow(/status of 400/);
    await dialog(page).getByRole('tab', { name: 'Events' }).click();
    await dialog(page).getByRole('checkbox').first().check();
    await dialog(page).getByRole('tab', { name: 'General' }).click();

    for (const [url, text] of [
      ['http://169.254.169.254/latest', 'URL address is not allowed (169.254.169.254, link-local)'],
      [`${receiver.url}/hook`, 'Webhook with the same URL already exists'],
    ] as const) {
      await dialog(page).getByLabel('URL').fill(url);
      await dialog(page).getByRole('button', { name: 'Create' }).click();
      await expectShown(dialog(page).getByText(text));
      expect(await dialog(page).getByLabel('URL').getAttribute('aria-invalid')).toBe('true');
    }
  });

  test('changes what was changed, and keeps the rest, also what it does not show', async () => {
    const uid = await createWebhook({
      secret: 'a secret of this one',
      headers: '{"X-A":"1"}',
      timeout: 5000,
    });
    const { page } = await browser.visit(server.url, { path: `/webhooks?edit=${uid}` });

    await dialog(page).getByLabel('Description').fill('Parcel room');
    await dialog(page).getByRole('button', { name: 'Save' }).click();

    await expectGone(dialog(page));
    await expectShown(page.getByRole('row').getByText('Parcel room'));
    expect((await server.admin('GET', `/api/v1/webhooks/${uid}`)).json).toMatchObject({
      description: 'Parcel room',
      secret: 'a secret of this one',
      headers: '{"X-A":"1"}',
      timeout: 5000,
    });
  });
});

describe('a webhook in the table', () => {
  test('sends a test, and shows request and answer beside each other, whatever the answer is', async () => {
    const url = `${receiver.url}/hook`;
    await createWebhook();
    receiver.answerWith({
      status: 500,
      headers: { 'content-type': 'text/html' },
      body: `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`,
    });
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/webhooks' });

    await act(page, url, 'Send test');
    await expectShown(
      dialog(page).getByText('The receiver did not take it.'),
      dialog(page).getByRole('region', { name: 'Request' }).getByText('"success"'),
      dialog(page).getByRole('region', { name: 'Answer' }).getByText('onerror='),
    );
    expect(await page.title()).toBe('Webhooks · Latchhook');
    await expectAccessible();

    receiver.answerWith(200);
    await dialog(page).getByRole('button', { name: 'Send again' }).click();
    await expectShown(dialog(page).getByText('The receiver took it.'));
    expect(receiver.requests).toHaveLength(2);
  });

  test('is disabled, and what is held meanwhile is let expire when it is enabled', async () => {
    const url = `${receiver.url}/hook`;
    await createWebhook();
    const { page, expectAccessible } = await browser.visit(server.url, { path: '/webhooks' });

    await act(page, url, 'Disable');
    await expectAccessible();
    await dialog(page).getByRole('button', { name: 'Disable' }).click();
    await expectShown(page.getByRole('row').getByText('disabled').first());
    await server.admin('POST', '/api/v1/events', [{ event_type: DOOR }, { event_type: DOOR }]);

    await act(page, url, 'Enable');
    await expectShown(dialog(page).getByText('2 deliveries are held for it'));
    await dialog(page).getByLabel('Let it expire').check();
    await expectAccessible();
    await dialog(page).getByRole('button', { name: 'Enable' }).click();
    await expectShown(page.getByRole('row').getByText('active'));

    await until(
      async () => {
        const { json } = await server.admin(
          'GET',
          '/api/v1/webhooks/events?filter_field=status&filter_value=expired',
        );
        return (json as { list_items: unknown[] }).list_items.length;
      },
      (expired) => expired === 2,
    );
    await server.admin('POST', '/api/v1/events', { event_type: DOOR, data: { after: true } });
    const [first] = await receiver.next(1);
    expect(String(first?.body)).toContain('"after":true');
  });

  test('is deleted after a question', async () => {
    const url = `${receiver.url}/hook`;
    await createWebhook();
    const { page } = await browser.visit(server.url, { path: '/webhooks' });

    await act(page, url, 'Delete');
    await expectShown(dialog(page).getByText(url));
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    expect(await webhooks()).toHaveLength(1);
    await act(page, url, 'Delete');
    await dialog(page).getByRole('button', { name: 'Delete' }).click();

    await expectShown(page.getByText('There are no webhooks yet.'));
    expect(await webhooks()).toEqual([]);
  });

  test('shows without a reload that its receiver fails', async () => {
    await createWebhook();
    receiver.answerWith(503);
    const { page } = await browser.visit(server.url, { path: '/webhooks' });
    await expectShown(page.getByRole('row').getByText('healthy'));

    const events = Array.from({ length: 30 }, () => ({ event_type: DOOR }));
    await server.admin('POST', '/api/v1/events', events);

    const row = page.getByRole('row');
    await expectShown(row.getByText('failing'), row.getByText(/^tried again (in|now)/));
    await act(page, `${receiver.url}/hook`, 'Show deliveries');
    await expectShown(page.getByRole('row').getByText('Door opened').first());
    await page.goBack();
    await page.getByRole('link', { name: /^In the last 24 hours/ }).click();
    await expectShown(page.getByRole('heading', { name: 'Deliveries', level: 1 }));
    expect(new URL(page.url()).search).toMatch(/^\?webhook=\d+$/);
  });

  test('is found by search, and the table sorted, and both stand in the address', async () => {
    for (const name of ['b', 'a', 'c'])
      await createWebhook({ url: `${receiver.url}/${name}`, description: `room ${name}` });
    const { page } = await browser.visit(server.url, { path: '/webhooks' });
    const urls = () => page.getByRole('row').getByRole('button', { name: receiver.url, exact: false });
    await expectShown(page.getByRole('row').getByText('room c'));

    await page.getByRole('button', { name: 'URL' }).click();
    await expectShown(page.locator('th[aria-sort=ascending]', { hasText: 'URL' }));
    await expectShown(page.getByRole('row').nth(1).getByText('room a'));
    await page.getByLabel('Search URL or description').fill('ROOM B');
    await expectGone(page.getByText('room c'));
    await page.reload();
    await expectShown(page.getByRole('row').getByText('room b'));
    expect(await urls().count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('sort')).toBe('url');

    await page.getByLabel('Search URL or description').fill('no such room');
    await page.getByRole('button', { name: 'Show all webhooks' }).click();
    await expectShown(page.getByRole('row').getByText('room c'));
    expect(await page.getByLabel('Search URL or description').inputValue()).toBe('');
  });
});

test('an account of type user sees webhooks, and no button that would be refused', async () => {
  const uid = await createWebhook({ secret: 'a secret of this one', headers: '{"X-A":"1"}' });
  const { page, expectAccessible } = await browser.visit(server.url, {
    path: '/webhooks',
    as: { username: 'porter', password: ADMIN_PASSWORD },
  });
  await expectShown(page.getByRole('row').getByText(`${receiver.url}/hook`));
  expect(await page.getByRole('button', { name: /New webhook|Actions/ }).count()).toBe(0);

  await page
    .getByRole('row')
    .getByRole('button', { name: `${receiver.url}/hook` })
    .click();
  await expectShown(dialog(page).getByLabel('URL'));
  expect(
    await dialog(page)
      .getByRole('button', { name: /Save|Create|Generate/ })
      .count(),
  ).toBe(0);
  expect(await dialog(page).getByLabel('Secret', { exact: true }).inputValue()).toBe('***');
  await expectAccessible();
  expect(uid).toBeGreaterThan(0);
});
