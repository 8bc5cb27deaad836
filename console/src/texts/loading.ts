import { loading } from '../state/not-loaded.js';
import type { Language } from './language.js';
import type { PageName, PageTexts, Translated } from './pages.js';

const FILES = import.meta.glob<{ default: unknown }>('./*/*.ts');
const loaded = new Map<string, Promise<unknown>>();

/** One chunk for each page and language, loaded once. */
export function loadTexts<Page extends PageName>(
  language: Language,
  page: Page,
): Promise<Translated<PageTexts[Page]>> {
  const name = nameOf(language, page);
  const known = loaded.get(name);
  if (known) return known as Promise<Translated<PageTexts[Page]>>;
  const load = FILES[name];
  if (!load) throw new Error(`there are no texts ${name}`);
  const texts = loading(load)().then((module) => module.default);
  loaded.set(name, texts);
  return texts as Promise<Translated<PageTexts[Page]>>;
}

/** Whether they are there now; where they could not be had they are asked for anew the next time. */
export async function haveTexts(language: Language, page: PageName): Promise<boolean> {
  try {
    await loadTexts(language, page);
    return true;
  } catch {
    loaded.delete(nameOf(language, page));
    return false;
  }
}

function nameOf(language: Language, page: PageName): string {
  return `./${language}/${page}.ts`;
}
