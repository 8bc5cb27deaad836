import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectShown, useBrowser } from '../support/browser.js';
import { deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { type Receiver, type Reply, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const SCRIPT =
  '<script>window.ran = true</script><img src=x onerror="window.ran = true"><style>body{display:none}</style>';

let server: TestServer;
let receiver: Receiver;
let reply: Reply;
beforeAll(async () => {
  server = await startTestServer();
  receiver = await startReceiver({ answer: () => reply });
  await subscribe(server, `${receiver.url}/hook`, { max_retries: 1 });
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});
const browser = useBrowser();

async function visitAnswer(hostile: Omit<Reply, 'status'>, event: Record<string, unknown> = {}) {
  reply = { status: 200, ...hostile };
  const eventId = await report(server, event);
  const { item_uid } = await deliveryOf(server, eventId, ended);
  const visit = await browser.visit(server.url, { path: `/deliveries/${item_uid}` });
  const answer = visit.page.getByRole('region', { name: 'Answer', exact: true });
  await answer.waitFor();
  return { ...visit, answer };
}

/** A test knows nothing of the types of a browser. */
async function styleOf(locator: Locator, name: string): Promise<unknown> {
  return locator.evaluate((element, member) => {
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle: (element: unknown) => Record<string, string>;
    };
    return getComputedStyle(element)[member];
  }, name);
}

describe('what a receiver answers', () => {
  test('is text: its markup neither runs nor counts, wherever it stands', async () => {
    const { page, answer, expectAccessible } = await visitAnswer(
      { headers: { 'content-type': 'text/html', 'x-evil': SCRIPT }, body: SCRIPT },
      { source: '<b>gate</b>', data: { owner: SCRIPT } },
    );

    await expectShown(answer.getByText('window.ran = true').first());
    expect(await answer.innerText()).toContain(SCRIPT);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await answer.locator('img, script, style').count()).toBe(0);
    await expectShown(page.getByText('<b>gate</b>'));
    await expectAccessible();
  });

  test('shows what is not seen, and what would turn the text around', async () => {
    const { answer } = await visitAnswer({ body: 'invoice\u202egnp.exe\u0007\u200b end' });
    await expectShown(answer.getByText('U+202E'), answer.getByText('U+0007'), answer.getByText('U+200B'));
    expect(await answer.locator('pre').last().textContent()).not.toMatch(/[\u202e\u0007\u200b]/);
  });

  test('is cut where it is long, and neither one long line nor deep nesting breaks the page', async () => {
    const deep = '['.repeat(400) + ']'.repeat(400);
    const { page, answer } = await visitAnswer(
      { body: deep.padEnd(1000) },
      { data: { deep: 'A'.repeat(20_000) } },
    );
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    const request = page.getByRole('region', { name: 'Request', exact: true });

    await expectShown(answer.getByText('[[[['));
    expect(await width()).toBe(1280);
    expect((await request.innerText()).length).toBeLessThan(6000);
    await request.getByRole('button', { name: /^Show all 20,\d\d\d characters$/ }).click();
    expect((await request.innerText()).length).toBeGreaterThan(20_000);
    expect(await width()).toBe(1280);
  });

  test('stays in its place, however many accents it stacks', async () => {
    const { answer } = await visitAnswer({ body: `Z${'\u0300\u0301\u0316'.repeat(150)}` });
    const block = answer.locator('pre').last();
    const box = await block.boundingBox();
    // What is drawn beyond the block would cover what stands above it.
    expect(await styleOf(block, 'contain')).toBe('paint');
    expect(box?.height).toBeLessThan(200);
  });
});
