import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { goTo, type Inhabited, settled, startInhabited } from './every-page.js';

/** The rest of a long list is like its begin. */
const MOST_STOPS = 20;

let inhabited: Inhabited;
beforeAll(async () => {
  inhabited = await startInhabited();
});
afterAll(() => inhabited.stop());
const browser = useBrowser();

/** What has the focus: its name, and whether one sees that it has. Null: the end of the page. */
function focused(page: Page): Promise<{ name: string; seen: boolean } | null> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const near = [element, element.parentElement, element.nextElementSibling, element.firstElementChild];
    const looks = near
      .filter((one) => one !== null)
      .flatMap((one) => [null, '::after', '::before'].map((part) => getComputedStyle(one, part)));
    return {
      name: (element.getAttribute('aria-label') ?? element.textContent).trim(),
      // Fields show it by their border.
      seen: ['INPUT', 'TEXTAREA'].includes(element.tagName) ||
        looks.some((look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0),
    };
  })()`);
}

describe('by keyboard', () => {
  test('every stop on every page is seen', async () => {
    const { page } = await browser.visit(inhabited.server.url);
    await settled(page);
    for (const { path } of inhabited.pages) {
      await goTo(page, path);
      const stops = [];
      while (stops.length < MOST_STOPS) {
        await page.keyboard.press('Tab');
        const stop = await focused(page);
        if (stop === null) break;
        stops.push(stop);
      }
      expect(stops.length).toBeGreaterThan(0);
      expect([path, stops.filter(({ seen }) => !seen)]).toEqual([path, []]);
    }
  });

  test('a user is added without a mouse, and the focus is back where it was after the dialog', async () => {
    const { page } = await browser.visit(inhabited.server.url, { path: '/settings/users' });
    await page.getByRole('button', { name: 'Add user' }).focus();
    await page.keyboard.press('Enter');
    await expectShown(page.locator('input[name=username]:focus'));
    await page.keyboard.press('Escape');
    await expectGone(page.getByRole('dialog'));
    await expectShown(page.locator('button:focus', { hasText: 'Add user' }));

    await page.keyboard.press('Enter');
    await expectShown(page.locator('input[name=username]:focus'));
    await page.keyboard.type('nadia');
    await page.keyboard.press('Tab');
    await page.keyboard.type('long enough 1');
    await page.keyboard.press('Enter');
    await expectGone(page.getByRole('dialog'));
    await expectShown(page.getByRole('row').getByText('nadia'));
    await expectShown(page.locator('button:focus', { hasText: 'Add user' }));
  });
});

test('nothing moves for those who asked for less motion', async () => {
  const { page } = await browser.visit(inhabited.server.url);
  await settled(page);
  const moving = await page.evaluate(
    `document.getAnimations().filter((one) => one.playState === 'running').map((one) => one.effect.target.className)`,
  );
  expect(moving).toEqual([]);
});
