import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { report, subscribe } from '../support/deliveries.js';
import { startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, basic, startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const browser = useBrowser();

const dialog = (page: Page) => page.getByRole('dialog');

async function users(): Promise<{ username: string; account_type: string; item_uid: number }[]> {
  const { json } = await server.admin('GET', '/api/v1/users?limit=50&sort_type=asc');
  return (json as { list_items: { username: string; account_type: string; item_uid: number }[] }).list_items;
}

describe('users', () => {
  test('are added, given another type and password, and removed after a question', async () => {
    const { page, allow, expectAccessible } = await browser.visit(server.url, { path: '/settings/users' });
    await expectShown(page.getByRole('row').getByText('last administrator'));
    expect(await page.title()).toBe('Users · Settings · Latchhook');

    await page.getByRole('button', { name: 'Add user' }).click();
    await dialog(page).getByRole('button', { name: 'Add user' }).click();
    await expectShown(
      dialog(page).getByText('This is needed.').first(),
      page.locator('input[name=username]:focus'),
    );
    await dialog(page).getByLabel('Username').fill('admin');
    await dialog(page).locator('input[name=password]').fill('short');
    await expectShown(dialog(page).getByText('8 to 128 characters'));
    await dialog(page).locator('input[name=password]').fill('long enough 1');
    allow(/status of 400/);
    await page.keyboard.press('Enter');
    await expectShown(dialog(page).getByText('User with the same username already exists'));
    await expectAccessible();
    await dialog(page).getByLabel('Username').fill('anna');
    await page.keyboard.press('Enter');
    await expectGone(dialog(page));
    await expectShown(page.getByRole('row').getByText('anna'));
    expect(await users()).toMatchObject([{ username: 'admin' }, { username: 'anna', account_type: 'user' }]);

    await page.getByRole('button', { name: 'Change anna' }).click();
    await dialog(page).getByLabel('New password').fill('another one 2');
    await dialog(page).getByLabel('Administrator').check();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expectShown(page.getByRole('row', { name: /anna/ }).getByText('Administrator'));
    await expectGone(page.getByText('last administrator'));
    const headers = { authorization: basic('anna', 'another one 2') };
    expect((await server.call('GET', '/api/v1/users', { headers })).status).toBe(200);

    await page.getByRole('button', { name: 'Remove anna' }).click();
    await dialog(page).getByRole('button', { name: 'Remove' }).click();
    await expectGone(page.getByRole('row').getByText('anna'));
    await expectShown(page.getByText('last administrator'));
    expect(await users()).toMatchObject([{ username: 'admin' }]);
  });

  test('the last administrator cannot become a user', async () => {
    const { page } = await browser.visit(server.url, { path: '/settings/users' });
    await page.getByText('last administrator').waitFor();
    await page.getByRole('button', { name: 'Change admin' }).click();

    await expectShown(dialog(page).getByText('Make another administrator first.', { exact: false }));
    expect(await dialog(page).getByLabel('User', { exact: true }).isDisabled()).toBe(true);
  });

  test('one who changes the own password logs in again; the own name and type are in force at once', async () => {
    await server.account('carla', 'admin');
    const as = { username: 'carla', password: ADMIN_PASSWORD };
    const { page } = await browser.visit(server.url, { path: '/settings/users', as });
    await page.getByRole('button', { name: 'Change carla' }).click();
    await dialog(page).getByLabel('New password').fill('a third one 3');
    await dialog(page).getByRole('button', { name: 'Save' }).click();

    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await page.getByLabel('Username').fill('carla');
    await page.getByLabel('Password', { exact: true }).fill('a third one 3');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change carla' }).click();
    await dialog(page).getByLabel('Username').fill('clara');
    await dialog(page).getByLabel('User', { exact: true }).check();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await expectShown(page.getByRole('button', { name: 'Account: clara' }));
    await expectGone(page.getByRole('link', { name: 'API keys' }));
  });
});

describe('API keys', () => {
  test('are made with name and scopes, shown once with a line that works, and revoked after a question', async () => {
    const { page, context, expectAccessible } = await browser.visit(server.url, { path: '/settings/keys' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await expectShown(page.getByText('There are no API keys yet.', { exact: false }));

    await page.getByRole('button', { name: 'Make key' }).click();
    await dialog(page).getByLabel('report events').uncheck();
    await dialog(page).getByRole('button', { name: 'Make key' }).click();
    await expectShown(
      dialog(page).getByText('1 to 64 characters'),
      dialog(page).getByText('Choose at least one.'),
      page.locator('input[name=name]:focus'),
    );
    await dialog(page).getByLabel('Name').fill('lobby controller');
    await dialog(page).getByLabel('report events').check();
    await dialog(page).getByRole('button', { name: 'Make key' }).click();

    const key = await dialog(page)
      .getByText(/^lh_\w+$/)
      .innerText();
    await expectShown(dialog(page).getByText('This line sends a test event to this server:'));
    await expectAccessible();
    await dialog(page).getByRole('button', { name: 'Copy: curl line' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      [
        `curl ${server.url}/api/v1/events`,
        `-H 'Authorization: Bearer ${key}'`,
        `-d '{"event_type":"log.access_granted_by_api_call","data":{"test":"success"}}'`,
      ].join(' \\\n  '),
    );
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /lobby controller/ });
    await expectShown(row.getByText(`${key.slice(0, 11)}…`), row.getByText('never used'));
    expect(await page.getByText(key).count()).toBe(0);

    const body = { event_type: 'log.device_booted' };
    const call = () =>
      server.call('POST', '/api/v1/events', { headers: { authorization: `Bearer ${key}` }, body });
    expect((await call()).status).toBe(202);
    await row.getByRole('button', { name: 'Revoke lobby controller' }).click();
    await dialog(page).getByRole('button', { name: 'Revoke' }).click();
    await expectShown(page.getByText('There are no API keys yet.', { exact: false }));
    expect((await call()).status).toBe(401);
  });
});

describe('the audit trail', () => {
  test('says who did what, when and from where, with what differs, and is narrowed in its address', async () => {
    const webhook = {
      url: 'https://receiver.example/hook',
      status: 'active',
      event_types: ['log.door_was_opened', 'log.tamper_event'],
      max_retries: 5,
      secret: 'a secret of this one',
    };
    const { json } = await server.admin('POST', '/api/v1/webhooks', webhook);
    const { item_uid: uid } = json as { item_uid: number };
    await server.admin('PUT', `/api/v1/webhooks/${uid}`, {
      ...webhook,
      event_types: ['log.door_was_opened', 'log.device_booted'],
      max_retries: 2,
      secret: 'another secret of it',
    });
    const wrong = await server.call('POST', '/api/v1/login', {
      body: { username: '<b>eve</b>', password: 'x' },
    });
    expect(wrong.status).toBe(400);

    const { page, expectAccessible } = await browser.visit(server.url, { path: '/settings/audit' });
    const changed = page.getByRole('row', { name: /Webhook changed/ });
    await expectShown(
      changed.getByRole('img', { name: 'User' }),
      changed.getByText('admin'),
      changed.getByText('127.0.0.1'),
      changed.locator('del', { hasText: '5' }),
      changed.locator('ins', { hasText: '2' }),
      changed.locator('del', { hasText: 'Tamper alarm' }),
      changed.locator('ins', { hasText: 'Device started' }),
      changed.getByText('changed; not shown'),
    );
    expect(await changed.getByText('secret of').count()).toBe(0);
    await expectShown(page.getByRole('row', { name: /Log-in failed 1 attempt/ }).getByText('<b>eve</b>'));
    await page
      .getByRole('row', { name: /Webhook created/ })
      .getByRole('button', { name: 'Details' })
      .click();
    await expectShown(
      page.getByRole('row', { name: /Webhook created/ }).getByText('Door opened, Tamper alarm'),
    );
    await expectAccessible();

    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Webhook created' }).click();
    await expectGone(changed);
    await page.reload();
    await expectShown(page.getByRole('row', { name: /Webhook created/ }));
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'The command line' }).click();
    await expectShown(page.getByText('There is no such entry.'));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectShown(changed);
    await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
  });
});

test('the audit trail says in words why Latchhook itself disabled a webhook', async () => {
  const receiver = await startReceiver({ answer: 410 });
  const uid = await subscribe(server, `${receiver.url}/gone`);
  await report(server);
  await receiver.next(1);
  const { page } = await browser.visit(server.url, { path: '/settings/audit' });
  await expectShown(
    page.getByRole('row', { name: /Webhook disabled/ }).getByText('The receiver said that it is gone (410).'),
  );
  await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
  await receiver.close();
});

test('about shows version, store, disk and nodes, and leads to the page of the API', async () => {
  const { page } = await browser.visit(server.url, { path: '/settings/about' });
  await expectShown(
    page.getByText(/^Latchhook \d+\.\d+\.\d+/),
    page.getByText(/^SQLite, schema \d+, /),
    page.getByRole('img', { name: / free, \d+% in use/ }),
    page.getByText('are taken in'),
    page.getByRole('table', { name: 'Nodes' }).getByRole('cell').first(),
  );
  await page.getByRole('link', { name: 'API page' }).click();
  await page.waitForURL('**/docs');
  expect(await page.title()).toContain('Latchhook');
});

test('about says that the clock is wrong, when receivers agree that it is', async () => {
  const clocked = await startTestServer();
  const date = () => new Date(Date.now() - 600_000).toUTCString();
  const receivers = await Promise.all(
    [1, 2, 3].map(() => startReceiver({ answer: () => ({ status: 200, headers: { Date: date() } }) })),
  );
  for (const { url } of receivers) await subscribe(clocked, url);
  await report(clocked);
  await until(
    () => clocked.admin('GET', '/api/v1/system'),
    ({ json }) => (json as { clock: { off: boolean } }).clock.off,
  );

  const { page } = await browser.visit(clocked.url, { path: '/settings/about' });

  await expectShown(page.getByText(/^The clock is (9|10) .*ahead of those of 3 receivers\./));
  await page.context().close();
  for (const receiver of receivers) await receiver.close();
  await clocked.stop();
});
