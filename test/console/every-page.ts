/** A server with something on every page of the console, and the addresses of them all. */
import type { Page } from 'playwright-core';
import { deliveryOf, ended, reportAll, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

export interface Inhabited {
  server: TestServer;
  receiver: Receiver;
  /** Each page, and what it is called in English. */
  pages: { path: string; heading: string }[];
  stop(): Promise<void>;
}

export const PORTER = 'porter';

export async function startInhabited(): Promise<Inhabited> {
  const server = await startTestServer();
  const receiver = await startReceiver({ answer: ({ path }) => (path === '/broken' ? 503 : 200) });
  await server.account(PORTER, 'user');
  await server.admin('POST', '/api/v1/keys', { name: 'lobby controller', scopes: ['events:write', 'read'] });
  await subscribe(server, `${receiver.url}/hook`, { description: 'Attendance of the north building' });
  const [id = 0] = await reportAll(server, [{ source: 'lobby', data: { owner: 'Ana Petrova', lock: 1 } }]);
  const delivery = await deliveryOf(server, id, ended);
  await subscribe(server, `${receiver.url}/broken`);
  await reportAll(server, [{ source: 'garage' }]);
  await receiver.next(3);
  await server.admin('POST', '/api/v1/events', { event_type: 'log.device_booted', source: 'garage' });
  const pages = [
    { path: '/', heading: 'Overview' },
    { path: '/webhooks', heading: 'Webhooks' },
    { path: '/deliveries', heading: 'Deliveries' },
    { path: `/deliveries/${delivery.item_uid}`, heading: `Delivery ${delivery.item_uid}` },
    { path: '/retry-queue', heading: 'Retry queue' },
    { path: '/events', heading: 'Events' },
    { path: `/events/${id}`, heading: `Event ${id}` },
    { path: '/log', heading: 'Log' },
    ...['users', 'keys', 'audit', 'general', 'about'].map((part) => ({
      path: `/settings/${part}`,
      heading: 'Settings',
    })),
  ];
  return {
    server,
    receiver,
    pages,
    async stop() {
      await server.stop();
      await receiver.close();
    },
  };
}

/** Goes there as a click does, and waits until everything that is shown has been read. */
export async function goTo(page: Page, path: string): Promise<void> {
  // What it leads to, or what stands there while that is read, is painted with the second frame.
  await page.evaluate(`new Promise((painted) => {
    history.pushState(null, '', ${JSON.stringify(path)});
    requestAnimationFrame(() => requestAnimationFrame(painted));
  })`);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}
