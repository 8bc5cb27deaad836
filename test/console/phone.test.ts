import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { goTo, type Inhabited, settled, startInhabited } from './every-page.js';

let inhabited: Inhabited;
beforeAll(async () => {
  inhabited = await startInhabited();
});
afterAll(() => inhabited.stop());
const browser = useBrowser();

test('every page fits the width of a small phone and that of a wide screen', async () => {
  const { page } = await browser.visit(inhabited.server.url, { size: { width: 320, height: 640 } });
  await settled(page);
  for (const width of [320, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    for (const { path } of inhabited.pages) {
      await goTo(page, path);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect([path, wide]).toEqual([path, width]);
    }
  }
});

test('on a phone the way to a webhook leads through the menu, and its dialog fills the screen', async () => {
  const { page, expectAccessible } = await browser.visit(inhabited.server.url, {
    size: { width: 360, height: 740 },
  });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
  await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
  await page
    .getByRole('row')
    .getByRole('button', { name: `${inhabited.receiver.url}/hook` })
    .first()
    .click();

  const dialog = page.getByRole('dialog');
  await expectShown(dialog.getByLabel('URL'));
  const box = await dialog.boundingBox();
  expect([box?.width, box?.height]).toEqual([360, 740]);
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expectGone(dialog);
});
