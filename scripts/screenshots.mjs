/**
 * Makes the pictures of `docs/console`: a server whose clock is led through the last day, a building that reports,
 * receivers of which not all behave, and a browser. `node scripts/screenshots.mjs [names…]` makes only those.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const OUT = join(ROOT, 'docs', 'console');
const PASSWORD = 'a-demonstration';
const SLOT_MS = 15 * 60_000;
const SLOTS = 96;

const PHONE = [390, 844];
const PICTURES = {
  'log-in': {},
  'first-steps': { empty: true },
  overview: { size: [1280, 1000] },
  'overview-dark': { scheme: 'dark', size: [1280, 1000] },
  'overview-phone': { size: PHONE },
  webhooks: { path: '/webhooks' },
  'webhook-general': { path: '/webhooks?edit=1' },
  'webhook-events': {
    path: '/webhooks?edit=1',
    act: (page) => page.getByRole('tab', { name: 'Events' }).click(),
  },
  'webhook-test': {
    path: '/webhooks',
    async act(page) {
      await page.getByRole('button', { name: /Actions for .*attendance/ }).click();
      await page.getByRole('menuitem', { name: 'Send test' }).click();
      await page.getByText('The receiver took it.').waitFor();
    },
  },
  'webhooks-phone': { path: '/webhooks', size: PHONE },
  deliveries: { path: '/deliveries' },
  delivery: {
    path: async () => `/deliveries/${(await retried()).item_uid}`,
    size: [1280, 1000],
  },
  'retry-queue': { path: '/retry-queue' },
  events: { path: '/events' },
  log: { path: '/log' },
  settings: { path: '/settings' },
  'settings-keys': {
    path: '/settings/keys',
    async act(page) {
      await page.getByRole('button', { name: 'Make key' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('garage');
      await page.getByRole('dialog').getByRole('button', { name: 'Make key' }).click();
      await page.getByText('The key was made').waitFor();
    },
  },
  'settings-audit': { path: '/settings/audit' },
  'settings-about': { path: '/settings/about', scheme: 'dark' },
};

await prepare({ all: true });
const { launch } = await import('./browser.mjs');
const { readConfig } = await import('../dist/src/config.js');
const { startServer } = await import('../dist/src/server.js');
const { systemClock } = await import('../dist/src/clock.js');
const { morning, seededChance } = await import('../dist/demo/building.js');

const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-pictures-'));
/** ms before now */
let behind = SLOTS * SLOT_MS;
const clock = { ...systemClock, now: () => Date.now() - behind };
const chance = seededChance(7);
const receiver = await startReceiver();
const server = await startServer(
  readConfig(
    {
      LATCHHOOK_PORT: '0',
      LATCHHOOK_DATA_DIR: dataDir,
      LATCHHOOK_ADMIN_PASSWORD: PASSWORD,
      LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
      LATCHHOOK_LOG_LEVEL: 'silent',
      // Within one step of the clock.
      LATCHHOOK_RETRY_BASE_MS: '150',
      LATCHHOOK_RETRY_FACTOR: '1.6',
    },
    {},
    dataDir,
  ),
  { clock },
);
try {
  await takePictures({ ofEmpty: true });
  await liveADay();
  await takePictures({ ofEmpty: false });
} finally {
  await server.stop();
  receiver.closeAllConnections();
  receiver.close();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Each host is a path of one server on loopback, and is shown by its name. */
async function startReceiver() {
  const made = http.createServer(async (request, response) => {
    request.resume();
    await once(request, 'end');
    const host = request.url.split('/')[1];
    await wait(4 + chance() * (host === 'analytics.example' ? 160 : 40));
    const status = statusOf(host);
    // So that the retry queue has something in it.
    const later =
      status === 200 ? {} : { 'retry-after': behind === 0 ? String(60 + Math.floor(chance() * 240)) : '0' };
    response.writeHead(status, { 'content-type': 'application/json', ...later });
    response.end(
      JSON.stringify(status === 200 ? { received: true } : { error: 'upstream is not available' }),
    );
  });
  await once(made.listen(0, '127.0.0.1'), 'listening');
  return made;
}

function statusOf(host) {
  if (host === 'crm.example') return behind < 3 * SLOT_MS ? 503 : 200;
  if (host === 'analytics.example') return chance() < 0.06 ? 500 : 200;
  if (host === 'parcels.example' && behind === 0) return chance() < 0.5 ? 429 : 200;
  if (host === 'parcels.example') return behind > 50 * SLOT_MS && behind < 56 * SLOT_MS ? 502 : 200;
  return 200;
}

async function liveADay() {
  const types = (await call('GET', '/api/v1/event-types')).map(({ event_type }) => event_type);
  const of = (...parts) => types.filter((type) => parts.some((part) => type.includes(part)));
  const webhooks = [
    [
      'attendance.example/hooks/latchhook',
      'Attendance of the north building',
      of('access_granted', 'exit_btn'),
    ],
    ['alarms.example/v2/incoming', 'Alarm centre', of('tamper', 'too_long', 'to_long', 'emergency')],
    ['parcels.example/api/door-events', 'Parcel room', of('door_', 'granted')],
    ['crm.example/webhooks/access', 'Property management', of('access', 'call')],
    ['analytics.example/ingest', 'Everything, for the reports', types, { max_retries: 1 }],
    ['concierge.example/calls', 'Screen at the reception', of('call'), { ordered: true }],
    ['old-portal.example/notify', 'Portal of the former manager', of('granted'), { status: 'disabled' }],
  ];
  for (const [path, description, event_types, more = {}] of webhooks) {
    await call('POST', '/api/v1/webhooks', {
      ...{
        url: base() + path,
        status: 'active',
        max_retries: 5,
        secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      },
      ...{ description, event_types, headers: '{"X-Building":"north"}', ...more },
    });
  }
  await call('POST', '/api/v1/users', { username: 'reception', password: PASSWORD, account_type: 'user' });
  await call('PUT', '/api/v1/webhooks/3', {
    ...{ url: `${base()}parcels.example/api/door-events`, status: 'active', max_retries: 3 },
    ...{ event_types: of('door_', 'granted', 'tamper'), description: 'Parcel room and bicycles' },
  });
  await call('PUT', '/api/v1/users/2', { password: `${PASSWORD}-2` });
  await call('POST', '/api/v1/keys', { name: 'main-entrance', scopes: ['events:write'] });
  await call('POST', '/api/v1/keys', { name: 'reports', scopes: ['read'] });

  const reports = morning(chance);
  for (; behind >= 0; behind -= SLOT_MS) {
    const hour = new Date(clock.now()).getUTCHours();
    const busy = hour < 6 ? 4 : [7, 8, 9, 17, 18].includes(hour) ? 60 : 24;
    const events = Array.from(
      { length: Math.ceil(busy * (0.7 + chance() * 0.6)) },
      () => reports.next().value,
    );
    for (const event of events) event.created_at = clock.now() - Math.floor(chance() * 500);
    await call('POST', '/api/v1/events', events);
    await until(async () => (await count('pending')) + (behind > 0 ? await count('retrying') : 0) === 0);
    if (behind < 4 * SLOT_MS) await wait(6_000);
  }
  behind = 0;
}

async function takePictures({ ofEmpty }) {
  const browser = await launch({
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  mkdirSync(OUT, { recursive: true });
  const wanted = process.argv.slice(2);
  try {
    for (const [
      name,
      { path = '/', scheme = 'light', size = [1280, 860], empty = false, act },
    ] of Object.entries(PICTURES)) {
      if (empty !== ofEmpty || (wanted.length > 0 && !wanted.includes(name))) continue;
      const context = await browser.newContext({
        baseURL: server.url,
        locale: 'en-GB',
        timezoneId: 'Europe/Copenhagen',
        colorScheme: scheme,
        reducedMotion: 'reduce',
        viewport: { width: size[0], height: size[1] },
      });
      // By their names; the stream has no URLs that are shown.
      await context.route(/\/api\/v1\/(?!stream|login)/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replaceAll(base(), 'https://') });
      });
      const page = await context.newPage();
      await page.goto(typeof path === 'function' ? await path() : path);
      if (name !== 'log-in') {
        await page.getByLabel('Username').fill('admin');
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.keyboard.press('Enter');
        await page.locator('#main h1').waitFor();
      }
      await page.waitForTimeout(1500);
      await act?.(page);
      await page.waitForTimeout(700);
      await page.screenshot({ path: join(OUT, `${name}.png`) });
      console.log(`docs/console/${name}.png`);
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

/** A delivery that failed at first, or at last. */
async function retried() {
  const { list_option } = await deliveries('failed');
  const { list_items } =
    list_option.pagination.total_items > 0 ? await deliveries('failed') : await deliveries('held');
  return list_items.find(({ attempts }) => attempts > 1) ?? list_items[0];
}

function deliveries(status) {
  return call('GET', `/api/v1/webhooks/events?filter_field=status&filter_value=${status}`);
}

async function count(status) {
  return (await deliveries(status)).list_option.pagination.total_items;
}

async function until(holds) {
  while (!(await holds())) await wait(20);
}

function base() {
  return `http://127.0.0.1:${receiver.address().port}/`;
}

async function call(method, path, body) {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
