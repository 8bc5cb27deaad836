import { isJsonObject } from '../json.js';

/** The languages of event texts, as the panels name them. */
export const LOCALES = ['en', 'es', 'ru', 'uk', 'pl', 'nl', 'tr', 'fr', 'da'] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'en';

/**
 * The `locale` of a request's parsed query. English where it is missing, unknown or given twice: no locale is
 * an error, as on a panel.
 */
export function localeOf(query: unknown): Locale {
  const given = isJsonObject(query) ? query['locale'] : undefined;
  return LOCALES.find((locale) => locale === given) ?? DEFAULT_LOCALE;
}
