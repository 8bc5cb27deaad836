/** How long it takes in the console, with a full store, from an action to the picture of what it leads to. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../src/clock.js';
import { SYSTEM } from '../src/domain/actor.js';
import { EVENT_TYPES } from '../src/domain/event-types.js';
import { readWebhook } from '../src/domain/webhook-rules.js';
import { openKeyring } from '../src/store/keyring.js';
import { openStore } from '../src/store/open.js';
import { startChild } from './children.js';
import { median, round } from './figures.js';
import { fillStore } from './many-deliveries.js';
import type { ServerApi } from './server-process.js';

const PASSWORD = 'a-secret-of-the-benchmark';
const ROUNDS = 5;
/** A limit for what hangs. */
const WITHIN_MS = 20_000;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];

export interface ConsoleResult {
  deliveries: number;
  webhooks: number;
  /** ms, medians; `longest` of all rounds. */
  actions: { action: string; ms: number; longest: number }[];
}

/** An action in the page, and how it can be told that what it leads to is there: both scripts. */
interface Action {
  action: string;
  /** Where it begins; null: where the one before ended. */
  at: string | null;
  /** Is there before it begins. */
  ready: string;
  act: string;
  shown: string;
}

const ROWS = `document.querySelectorAll('#main tbody tr').length > 0 && !document.querySelector('[data-stale]')`;
const heading = (text: string) => `document.querySelector('h1')?.textContent.startsWith('${text}')`;
const press = (selector: string, text: string) =>
  `[...document.querySelectorAll('${selector}')].find((one) => one.textContent.trim() === '${text}').click()`;
const address = (search: string) => `(history.pushState(null, '', '${search}'), true)`;

const ACTIONS: Action[] = [
  {
    action: 'open the deliveries',
    at: '/',
    ready: heading('Overview'),
    act: press('nav a', 'Deliveries'),
    shown: `${heading('Deliveries')} && ${ROWS}`,
  },
  {
    action: 'next page',
    at: null,
    ready: ROWS,
    act: press('button', 'Next'),
    shown: `document.body.innerText.includes('Page 2') && ${ROWS}`,
  },
  {
    action: 'filter by status',
    at: '/deliveries',
    ready: ROWS,
    act: address('/deliveries?status=failed'),
    shown: `${ROWS} && [...document.querySelectorAll('tbody .mark')].every((one) => one.textContent === 'failed')`,
  },
  {
    action: 'filter by source, webhook and time',
    at: '/deliveries',
    ready: ROWS,
    act: address('/deliveries?source=entrance&webhook=3&from=1768000000000&to=1769000000000'),
    shown: `${ROWS} && document.querySelectorAll('.mantine-Pill-root').length > 1`,
  },
  {
    action: 'open a delivery',
    at: '/deliveries',
    ready: ROWS,
    act: `document.querySelectorAll('tbody a')[3].click()`,
    shown: `${heading('Delivery')} && document.querySelector('.timeline') && document.querySelector('pre')`,
  },
  {
    action: 'back to the list',
    at: null,
    ready: `document.querySelector('.timeline')`,
    act: 'history.back()',
    shown: `${heading('Deliveries')} && ${ROWS}`,
  },
  {
    action: 'open the retry queue',
    at: '/deliveries',
    ready: ROWS,
    act: press('nav a', 'Retry queue'),
    shown: `${heading('Retry queue')} && (${ROWS} || document.body.innerText.includes('Nothing waits'))`,
  },
  {
    action: 'open the events',
    at: '/deliveries',
    ready: ROWS,
    act: press('nav a', 'Events'),
    shown: `${heading('Events')} && ${ROWS}`,
  },
  {
    action: 'events without a subscriber',
    at: null,
    ready: ROWS,
    act: `document.querySelectorAll('[role=switch]')[0].click()`,
    shown: `${ROWS} && [...document.querySelectorAll('tbody tr')].every((one) => one.textContent.includes('no subscriber'))`,
  },
  {
    action: 'open the log',
    at: '/deliveries',
    ready: ROWS,
    act: press('nav a', 'Log'),
    shown: `${heading('Log')} && ${ROWS}`,
  },
  {
    action: 'next page of the log',
    at: null,
    ready: ROWS,
    act: press('button', 'Next'),
    shown: `document.body.innerText.includes('Page 2') && ${ROWS}`,
  },
  {
    action: 'open the webhooks',
    at: '/deliveries',
    ready: ROWS,
    act: press('nav a', 'Webhooks'),
    shown: `${heading('Webhooks')} && ${ROWS}`,
  },
];

export async function benchConsole(options: {
  deliveries: number;
  webhooks: number;
}): Promise<ConsoleResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchhook-console-'));
  // Each attempt that is refused would be a line of its log.
  const child = startChild<ServerApi>('server-process', 'ignore');
  const browser = await startBrowser();
  try {
    const deliveries = await fill(dataDir, options);
    const { url } = await child.ask('start', { dataDir, adminPassword: PASSWORD });
    const page = await browser.newPage({
      baseURL: url,
      locale: 'en',
      viewport: { width: 1280, height: 800 },
    });
    await page.goto('/deliveries');
    await page.locator('input[name=username]').fill('admin');
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await wait(page, heading('Deliveries'));

    const times = new Map(ACTIONS.map(({ action }) => [action, [] as number[]]));
    // Once more, before it counts: what a page is made of is loaded then.
    for (let n = 0; n <= ROUNDS; n++) {
      for (const one of ACTIONS) {
        const ms = await measure(page, one);
        if (n > 0) times.get(one.action)?.push(ms);
      }
    }
    await child.ask('stop', null);
    return {
      deliveries,
      webhooks: options.webhooks,
      actions: [...times].map(([action, all]) => ({
        action,
        ms: round(median(all), 0),
        longest: round(Math.max(...all), 0),
      })),
    };
  } finally {
    await browser.close();
    await child.end();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** From the clone, where the scripts are as they are written. */
async function startBrowser(): Promise<Browser> {
  const script = pathToFileURL(resolve('scripts/browser.mjs')).href;
  const { launch } = (await import(script)) as typeof import('../scripts/browser.mjs');
  return launch({ args: FLAGS });
}

/** From the action to the frame after the one in which its end is seen. */
async function measure(page: Page, { action, at, ready, act, shown }: Action): Promise<number> {
  if (at !== null) await page.evaluate(address(at));
  await wait(page, ready);
  return Number(
    await page.evaluate(`new Promise((resolve, reject) => {
      const begin = performance.now();
      ${act};
      const look = () => {
        if (performance.now() - begin > ${WITHIN_MS}) reject(new Error(${JSON.stringify(action)} + ' leads nowhere'));
        else if (${shown}) requestAnimationFrame(() => resolve(performance.now() - begin));
        else requestAnimationFrame(look);
      };
      look();
    })`),
  );
}

async function wait(page: Page, script: string): Promise<void> {
  // The page's policy allows no `eval`, which a script to wait for would go through.
  await page.evaluate(`new Promise((resolve, reject) => {
    const begin = performance.now();
    const look = () => {
      if (performance.now() - begin > ${WITHIN_MS}) reject(new Error(${JSON.stringify(script)}));
      else if (${script}) resolve();
      else requestAnimationFrame(look);
    };
    look();
  })`);
}

async function fill(dataDir: string, options: { deliveries: number; webhooks: number }): Promise<number> {
  const file = join(dataDir, 'latchhook.db');
  const keyring = openKeyring({ file: join(dataDir, 'secret.key') });
  const store = await openStore({ url: `sqlite:${file}`, keyring, clock: systemClock });
  try {
    const count = await fillStore(store, file, options.deliveries);
    const specs = Array.from({ length: options.webhooks }, (_, n) =>
      readWebhook(
        {
          url: `http://10.254.${n >> 8}.${n & 255}/hook`,
          status: 'active',
          event_types: [EVENT_TYPES[n % EVENT_TYPES.length]],
          max_retries: 3,
        },
        null,
      ),
    );
    for (const spec of specs) await store.webhooks.create(spec, SYSTEM);
    for (let more = true; more; ) more = (await store.deliveries.indexLists(20)).more;
    for (let more = true; more; ) more = (await store.log.file(20)).more;
    return count;
  } finally {
    await store.close();
  }
}
