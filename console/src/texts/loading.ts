import type { Language } from './language.js';
import type { PageName, PageTexts, Translated } from './pages.js';

const FILES = import.meta.glob<{ default: unknown }>('./*/*.ts');
const loaded = new Map<string, Promise<unknown>>();

/** One chunk for each page and language, loaded once. */
export function loadTexts<Page extends PageName>(
  language: Language,
  page: Page,
): Promise<Translated<PageTexts[Page]>> {
  const name = `./${language}/${page}.ts`;
  const known = loaded.get(name);
  if (known) return known as Promise<Translated<PageTexts[Page]>>;
  const load = FILES[name];
  if (!load) throw new Error(`there are no texts ${name}`);
  const texts = load().then(
    (module) => module.default,
    (error: unknown) => {
      loaded.delete(name);
      throw error;
    },
  );
  loaded.set(name, texts);
  return texts as Promise<Translated<PageTexts[Page]>>;
}
