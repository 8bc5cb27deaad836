/** A real Chromium that looks at a real server. What its console says is an error of the test. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch } from '../../scripts/browser.mjs';
import { ADMIN_PASSWORD } from './server.js';

const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A limit for what hangs. */
const WITHIN_MS = 15_000;

export interface VisitOptions {
  /** Default: `/`. */
  path?: string;
  /** Of the browser; default: `en`. */
  language?: string;
  /** Default: light. */
  scheme?: 'light' | 'dark';
  /** Default: that of a laptop. */
  size?: { width: number; height: number };
  /** Default: the administrator; null: nobody is logged in. */
  as?: { username: string; password: string } | null;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Fails the test where axe finds something that WCAG 2.2 AA does not allow, in light and in dark colours. */
  expectAccessible(): Promise<void>;
  /** What the browser says of itself, such as of an answer of 400, and is meant to in this test. */
  allow(message: RegExp): void;
}

export interface TestBrowser {
  /** A fresh profile. */
  visit(url: string, options?: VisitOptions): Promise<Visit>;
}

/** One browser for the tests of a file; each test leaves its browser's console without an error, or fails. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let visits: (Visit & { errors: string[]; allowed: RegExp[] })[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const ended = visits;
    visits = [];
    for (const { context } of ended) await context.close();
    for (const { errors, allowed } of ended) {
      expect(errors.filter((error) => !allowed.some((pattern) => pattern.test(error)))).toEqual([]);
    }
  });
  afterAll(() => browser?.close());

  return {
    async visit(url, options = {}) {
      if (browser === undefined) throw new Error('no test runs before the browser has started');
      const context = await browser.newContext({
        baseURL: url,
        locale: options.language ?? 'en',
        colorScheme: options.scheme ?? 'light',
        viewport: options.size ?? { width: 1280, height: 800 },
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(WITHIN_MS);
      const page = await context.newPage();
      const errors: string[] = [];
      const allowed: RegExp[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      const visit = {
        page,
        context,
        errors,
        allowed,
        expectAccessible: () => expectAccessible(page),
        allow: (message: RegExp) => void allowed.push(message),
      };
      visits.push(visit);
      await page.goto(options.path ?? '/');
      const who = options.as === undefined ? { username: 'admin', password: ADMIN_PASSWORD } : options.as;
      if (who) await logIn(page, who);
      return visit;
    },
  };
}

/** The first that starts here; `NoBrowser` says what to do where none does. */
export function launchBrowser(): Promise<Browser> {
  return launch({ args: FLAGS });
}

/** It comes to be there. */
export async function expectShown(...locators: Locator[]): Promise<void> {
  for (const locator of locators) {
    await locator.first().waitFor();
    expect(await locator.count()).toBeGreaterThan(0);
  }
}

/** It goes away, or is not there. */
export async function expectGone(...locators: Locator[]): Promise<void> {
  for (const locator of locators) {
    await locator.first().waitFor({ state: 'detached' });
    expect(await locator.count()).toBe(0);
  }
}

/** On a page that asks for it, in whatever language. */
export async function logIn(
  page: Page,
  { username, password }: { username: string; password: string },
): Promise<void> {
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[name=password]').press('Enter');
  await page.locator('#main').waitFor();
}

/** In dark only what is another there. */
const RULES = {
  light: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  dark: { runOnly: { type: 'rule', values: ['color-contrast'] } },
};

/** Colours that are on their way from one scheme to the other have whatever contrast. */
const AT_REST = `new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  .then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))
  .then(() => null)`;

async function expectAccessible(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(AT_REST);
    const found = (await page.evaluate(
      `axe.run(document, ${JSON.stringify(RULES[colorScheme])})`,
    )) as axe.AxeResults;
    const violations = found.violations.map(({ id, nodes }) => ({
      id,
      colorScheme,
      nodes: nodes.map(({ html, any, all, none }) => [
        html,
        ...[...any, ...all, ...none].map((one) => one.message),
      ]),
    }));
    expect(violations).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
