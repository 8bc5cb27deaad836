import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../event-types.js';
import { en } from './en.js';
import { eventSentence, eventText, LANGUAGES, logKey } from './event-text.js';
import type { Language } from './language.js';
import { LOCALES } from './locale.js';
import { SAYABLE } from './sentence.js';

/** Texts that two languages rightly share; none with English. */
const SHARED = ['da nl tamper_event name'];

const DATA: Record<string, string> = { number: '3090069', owner: 'Ada', lock: '7', host: '10.0.0.5' };

/** All subsets of what a sentence can say. */
const SUBSETS = Array.from({ length: 2 ** SAYABLE.length }, (_, bits) =>
  SAYABLE.filter((_, index) => bits & (1 << index)),
);

const placeholders = (template: string) =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const textsOf = ({ events }: Language) =>
  Object.entries(events).flatMap(([key, [name, sentence]]) => [
    [`${key} name`, name] as const,
    [`${key} sentence`, sentence] as const,
  ]);

describe.each(LOCALES)('the log in the language %s', (locale) => {
  const language = LANGUAGES[locale];

  it('has a name and a sentence for each event type and for nothing else', () => {
    expect(Object.keys(language.events)).toEqual(Object.keys(en.events));
    expect(Object.keys(language.events).sort()).toEqual(EVENT_TYPES.map(logKey).sort());
    for (const [, text] of textsOf(language)) expect(text).toMatch(/^\p{Lu}.*[^\s.,]$/u);
  });

  it('calls no two event types the same', () => {
    const names = EVENT_TYPES.map((type) => eventText(type, locale));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/[[\]{}]/);
  });

  it('says the same members in each sentence as English does', () => {
    for (const [key, [, sentence]] of Object.entries(language.events)) {
      const english = en.events[key as keyof typeof en.events][1];
      expect([key, placeholders(sentence)]).toEqual([key, placeholders(english)]);
    }
    expect(placeholders(language.rest)).toEqual([...SAYABLE].sort());
  });

  it('says each member that an event has, once, and leaves no hole where it has none', () => {
    for (const eventType of EVENT_TYPES) {
      for (const names of SUBSETS) {
        const data = JSON.stringify(Object.fromEntries(names.map((name) => [name, DATA[name]])));
        const text = eventSentence({ eventType, data }, locale);
        for (const name of SAYABLE) {
          const said = text.split(DATA[name] ?? '').length - 1;
          expect([text, said]).toEqual([text, names.includes(name) ? 1 : 0]);
        }
        expect(text).toMatch(/^\p{Lu}/u);
        expect(text).not.toMatch(/[[\]{}]|\s\s|\s,|,(?! )|,\s*,|[\s,]$/);
      }
    }
  });

  it('is a language of its own: no text was left in another one', () => {
    const shared = LOCALES.filter((other) => other !== locale).flatMap((other) => {
      const theirs = new Map(textsOf(LANGUAGES[other]));
      return textsOf(language)
        .filter(([id, text]) => theirs.get(id) === text)
        .map(([id]) => `${[locale, other].sort().join(' ')} ${id}`);
    });
    expect(shared).toEqual(SHARED.filter((id) => id.split(' ').slice(0, 2).includes(locale)));
    expect(LOCALES.filter((other) => LANGUAGES[other].rest === language.rest)).toEqual([locale]);
  });
});

it('knows no text for an unknown event type', () => {
  for (const type of ['log.unknown', 'tamper_event', 'log.constructor', '']) {
    expect(() => eventText(type, 'en')).toThrow(RangeError);
    expect(() => eventSentence({ eventType: type, data: '{}' }, 'en')).toThrow(RangeError);
  }
});

it('calls an event the same in a list of deliveries as in the log of a panel', () => {
  const type = 'log.access_granted_by_valid_identifier';
  expect(eventText(type, 'en')).toBe('Lock opened by identifier');
  expect(LOCALES.map((locale) => eventText(type, locale))).toEqual([
    'Lock opened by identifier',
    'Cerradura abierta con identificador',
    'Замок открыт идентификатором',
    'Замок відчинено ідентифікатором',
    'Zamek otwarty identyfikatorem',
    'Slot geopend met identificatie',
    'Kilit tanımlayıcıyla açıldı',
    'Serrure ouverte par identifiant',
    'Lås åbnet med identifikator',
  ]);
});
