import { expect, it } from 'vitest';
import { LOCALES, localeOf } from './locale.js';

it('answers in the language that a query asks for', () => {
  expect(LOCALES).toEqual(['en', 'es', 'ru', 'uk', 'pl', 'nl', 'tr', 'fr', 'da']);
  for (const locale of LOCALES) expect(localeOf({ limit: '10', locale })).toBe(locale);
});

it.each([
  ['is missing', {}],
  ['is empty', { locale: '' }],
  ['is unknown', { locale: 'de' }],
  ['is spelled in capitals', { locale: 'ES' }],
  ['names a region', { locale: 'es-ES' }],
  ['is given twice', { locale: ['es', 'ru'] }],
  ['is the name of a property that every object has', { locale: 'constructor' }],
  ['stands in no query', undefined],
  ['stands in a query of another type', 'locale=es'],
])('answers in English when the locale %s', (_, query) => {
  expect(localeOf(query)).toBe('en');
});
