import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectShown, useBrowser } from '../support/browser.js';
import { ADMIN_PASSWORD } from '../support/server.js';
import { goTo, type Inhabited, PORTER, settled, startInhabited } from './every-page.js';

/** What changes something, by the words on its button. */
const CHANGES =
  /New webhook|Actions for|Send test|Resend|Send now|Bulk resend|Cancel|Add user|Change|Remove|Make key|Revoke|first steps/i;

let inhabited: Inhabited;
beforeAll(async () => {
  inhabited = await startInhabited();
});
afterAll(() => inhabited.stop());
const browser = useBrowser();

test('a user sees every page but those for administrators, no button that would be refused, and no call is', async () => {
  const { page } = await browser.visit(inhabited.server.url, {
    as: { username: PORTER, password: ADMIN_PASSWORD },
  });
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(response.url());
  });
  await settled(page);
  const open = inhabited.pages.filter(({ path }) => !/users|keys|audit/.test(path));
  for (const { path, heading } of open) {
    await goTo(page, path);
    await expectShown(page.getByRole('heading', { level: 1, name: heading }));
    const buttons = await page.locator('#main').getByRole('button').allInnerTexts();
    expect([path, buttons.filter((name) => CHANGES.test(name))]).toEqual([path, []]);
  }

  await goTo(page, '/settings');
  const parts = page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link');
  expect(await parts.allInnerTexts()).toEqual(['This console', 'About']);
  for (const part of ['users', 'keys', 'audit']) {
    await goTo(page, `/settings/${part}`);
    await expectShown(page.getByRole('heading', { name: 'Page not found' }));
  }
  expect(refused).toEqual([]);
});

test('an administrator sees on the same pages the buttons that a user does not', async () => {
  const { page } = await browser.visit(inhabited.server.url);
  await settled(page);
  const withButtons: string[] = [];
  for (const { path } of inhabited.pages) {
    await goTo(page, path);
    const buttons = page.locator('#main').getByRole('button');
    const names = await buttons.evaluateAll((all) =>
      all.map((one) => `${one.textContent} ${one.getAttribute('aria-label') ?? ''}`),
    );
    if (names.some((name) => CHANGES.test(name))) withButtons.push(path.replace(/\d+/, ':uid'));
  }
  expect(withButtons).toEqual(
    expect.arrayContaining([
      '/webhooks',
      '/deliveries',
      '/deliveries/:uid',
      '/retry-queue',
      '/settings/users',
      '/settings/keys',
    ]),
  );
});
