import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.js';
import { goTo, type Inhabited, settled, startInhabited } from './every-page.js';

const TEXTS = new URL('../../console/src/texts/', import.meta.url);
const OTHERS = ['es', 'ru', 'uk', 'pl', 'nl', 'tr', 'fr', 'da'];
const PAGES = readdirSync(new URL('en/', TEXTS)).map((file) => file.replace(/\.ts$/, ''));

type Plural = Record<string, string>;
type Texts = { [key: string]: string | Plural | Texts };

async function textsOf(language: string, page: string): Promise<Map<string, string | Plural>> {
  const { default: texts } = (await import(new URL(`${language}/${page}.ts`, TEXTS).href)) as {
    default: Texts;
  };
  return new Map(entries(texts, ''));
}

function entries(texts: Texts, before: string): [string, string | Plural][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string | Plural][] => {
    const name = `${before}${key}`;
    if (typeof value === 'string') return [[name, value]];
    // Forms of a number have no names but those of the rules, and always `other`.
    if (typeof value['other'] === 'string') return [[name, value as Plural]];
    return entries(value as Texts, `${name}.`);
  });
}

function words(text: string): number {
  return text.replaceAll(/\{\w+\}/g, '').match(/\p{L}+/gu)?.length ?? 0;
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

describe.each(OTHERS)('the texts in %s', (language) => {
  test('are all there, with the same places for values and a form for every number', async () => {
    // Those of whole numbers; a language may have others for fractions and for millions.
    const rules = new Intl.PluralRules(language);
    const categories = [...new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)))];
    for (const page of PAGES) {
      const english = await textsOf('en', page);
      const own = await textsOf(language, page);
      expect([page, [...own.keys()].sort()]).toEqual([page, [...english.keys()].sort()]);
      for (const [key, text] of english) {
        const translated = own.get(key);
        const where = `${language}/${page}: ${key}`;
        if (typeof text === 'string') {
          expect([where, placeholders(String(translated))]).toEqual([where, placeholders(text)]);
        } else {
          const forms = translated as Plural;
          // Where a language says it the same of any number, one form is all.
          const needed = new Set(Object.values(forms)).size === 1 ? ['other'] : categories;
          expect([where, Object.keys(forms)]).toEqual([where, expect.arrayContaining(needed)]);
          for (const form of Object.values(forms)) {
            const wanted = placeholders(text['other'] ?? '').filter((name) => name !== '{n}');
            expect([where, placeholders(form)]).toEqual([where, expect.arrayContaining(wanted)]);
          }
        }
      }
    }
  });

  test('are in that language: no sentence is still the English one', async () => {
    for (const page of PAGES) {
      const english = await textsOf('en', page);
      const own = await textsOf(language, page);
      const same = [...english].filter(
        ([key, text]) => typeof text === 'string' && words(text) > 3 && own.get(key) === text,
      );
      expect([page, same]).toEqual([page, []]);
    }
  });
});

describe('every page', () => {
  let inhabited: Inhabited;
  beforeAll(async () => {
    inhabited = await startInhabited();
  });
  afterAll(() => inhabited.stop());
  const browser = useBrowser();

  // Those with the longest words; a phone is where they have the least room.
  test.each(['ru', 'nl', 'fr', 'pl'])(
    'fits a phone in %s, and says nothing in another language',
    async (language) => {
      const { page } = await browser.visit(inhabited.server.url, {
        language,
        size: { width: 360, height: 740 },
      });
      await settled(page);
      const headings = new Set<string>();
      for (const { path } of inhabited.pages) {
        await goTo(page, path);
        const found = await page.evaluate(`({
        language: document.documentElement.lang,
        width: document.documentElement.scrollWidth,
        cut: [...document.querySelectorAll('.mantine-Button-label')]
          .filter((label) => label.offsetParent && label.scrollWidth > label.clientWidth + 1)
          .map((label) => label.textContent),
        unfilled: document.body.innerText.match(/\\{\\w+\\}/g),
      })`);
        expect([path, found]).toEqual([path, { language, width: 360, cut: [], unfilled: null }]);
        headings.add(await page.locator('h1').innerText());
      }
      for (const english of ['Overview', 'Deliveries', 'Retry queue', 'Settings']) {
        expect(headings).not.toContain(english);
      }
    },
  );
});
