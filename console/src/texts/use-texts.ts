import { use } from 'react';
import { type Format, formatOf } from './format.js';
import type { Language } from './language.js';
import { useLanguage } from './language-provider.js';
import { loadTexts } from './loading.js';
import type { PageName, PageTexts, Translated } from './pages.js';

/** The texts of a page, and how this language writes numbers and times. Suspends until they are there. */
export function useTexts<Page extends PageName>(
  page: Page,
): Format & { t: Translated<PageTexts[Page]>; language: Language } {
  const { language } = useLanguage();
  return { ...formatOf(language), language, t: use(loadTexts(language, page)) };
}

/**
 * Has all texts of a page there before it is shown, read side by side: a part of it that suspended for its own
 * would take the whole page away for a moment.
 */
export function useAllTexts(...pages: PageName[]): void {
  const { language } = useLanguage();
  const all = pages.map((page) => loadTexts(language, page) as Promise<unknown>);
  for (const texts of all) use(texts);
}
