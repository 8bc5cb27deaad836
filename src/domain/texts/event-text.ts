import { eventTypeCode } from '../event-types.js';
import { da } from './da.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { Language, LogKey } from './language.js';
import type { Locale } from './locale.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { ru } from './ru.js';
import { sentence } from './sentence.js';
import { tr } from './tr.js';
import { uk } from './uk.js';

export const LANGUAGES: { readonly [L in Locale]: Language } = { en, es, ru, uk, pl, nl, tr, fr, da };

/** The name of an event type without its `log.`. @throws RangeError for an unknown one */
export function logKey(eventType: string): LogKey {
  if (eventTypeCode(eventType) === undefined) throw new RangeError(`unknown event type ${eventType}`);
  return eventType.slice('log.'.length) as LogKey;
}

/** What an event type is called, e.g. `Lock opened by identifier`. @throws RangeError for an unknown one */
export function eventText(eventType: string, locale: Locale): string {
  return LANGUAGES[locale].events[logKey(eventType)][0];
}

/**
 * What happened, in a sentence with the members that `data` has of `number`, `owner`, `lock` and `host`.
 * @param data JSON text of an object
 * @throws RangeError for an unknown event type
 */
export function eventSentence(event: { eventType: string; data: string }, locale: Locale): string {
  return sentence(LANGUAGES[locale], logKey(event.eventType), event.data);
}
