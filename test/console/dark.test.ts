import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.js';
import { goTo, type Inhabited, settled, startInhabited } from './every-page.js';

let inhabited: Inhabited;
beforeAll(async () => {
  inhabited = await startInhabited();
});
afterAll(() => inhabited.stop());
const browser = useBrowser();

test('every page can be used by everybody, in light and in dark colours', async () => {
  const { page, expectAccessible } = await browser.visit(inhabited.server.url);
  await settled(page);
  for (const { path } of inhabited.pages) {
    await goTo(page, path);
    await expectAccessible();
  }
});

test('colours that are chosen in the settings are kept, whatever the system has', async () => {
  const { page } = await browser.visit(inhabited.server.url, { path: '/settings/general', scheme: 'light' });
  const background = () =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('#main')).backgroundColor`);
  await page.getByRole('radio', { name: 'Automatic' }).waitFor({ state: 'attached' });
  expect(await background()).toBe('rgb(244, 246, 248)');

  await page.getByText('Dark', { exact: true }).click();
  expect(await background()).toBe('rgb(17, 23, 27)');
  await page.reload();
  await settled(page);
  expect(await background()).toBe('rgb(17, 23, 27)');
  await page.getByText('Light', { exact: true }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe('rgb(244, 246, 248)');
});
