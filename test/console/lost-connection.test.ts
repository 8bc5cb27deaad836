import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { expectGone, expectShown, useBrowser } from '../support/browser.js';
import { ADMIN_PASSWORD, basic } from '../support/server.js';

const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
let server: RunningServer;
beforeAll(async () => {
  server = await start('0');
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
const browser = useBrowser();

function start(port: string): Promise<RunningServer> {
  const env = {
    LATCHHOOK_PORT: port,
    LATCHHOOK_DATA_DIR: dataDir,
    LATCHHOOK_ADMIN_PASSWORD: ADMIN_PASSWORD,
    LATCHHOOK_LOG_LEVEL: 'silent',
  };
  return startServer(readConfig(env, {}, dataDir));
}

test('a server that stops and starts again is missed, and what happened meanwhile is shown when it is back', async () => {
  const { page, allow } = await browser.visit(server.url, { path: '/events' });
  allow(/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)/);
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();

  const { url } = server;
  await server.stop();
  await expectShown(page.getByRole('status').getByText('Connection lost'));

  server = await start(new URL(url).port);
  await fetch(`${url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: basic('admin', ADMIN_PASSWORD) },
    body: JSON.stringify({ event_type: 'log.tamper_event', source: 'garage' }),
  });
  await expectGone(page.getByText('Connection lost'));
  // Whoever is logged in stays logged in.
  await expectShown(page.getByRole('row').getByText('garage'));
  expect(new URL(page.url()).pathname).toBe('/events');
});

test('what was read stays in sight meanwhile, and a page that could not be loaded comes by itself', async () => {
  const { page, allow } = await browser.visit(server.url);
  allow(
    /ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)|preload CSS|could not be loaded/,
  );
  const figure = page.getByRole('link', { name: 'Failed: 0' });
  await expectShown(
    figure,
    page.getByText('No webhook fails.'),
    page.getByRole('heading', { name: 'First steps' }),
    page.getByRole('img', { name: /^Deliveries over time/ }),
  );

  const { url } = server;
  await server.stop();
  await expectShown(page.getByRole('status').getByText('Connection lost'));
  expect(await page.getByRole('alert').filter({ hasText: 'The server does not answer.' }).count()).toBe(0);
  await expectShown(figure);
  await page.getByRole('link', { name: 'Log', exact: true }).click();
  await expectShown(page.getByRole('alert').getByText('The server does not answer.'));

  server = await start(new URL(url).port);
  await expectShown(page.getByRole('heading', { name: 'Log', level: 1 }));
  expect(new URL(page.url()).pathname).toBe('/log');
});
