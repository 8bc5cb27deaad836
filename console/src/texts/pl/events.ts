import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Zdarzenia',
  text: 'Wszystko, co zgłosiły panele, także to, czego nie chciał żaden webhook.',
  columns: {
    category: 'Kategoria',
    event: 'Zdarzenie',
    source: 'Źródło',
    who: 'Osoba lub numer',
    deliveries: 'Dostawy',
    happened: 'Kiedy',
  },
  number: 'nr {id}',
  unmatched: 'bez subskrybenta',
  deliveryCount: { one: '{n} dostawa', few: '{n} dostawy', many: '{n} dostaw', other: '{n} dostawy' },
  none: 'Żaden panel niczego jeszcze nie zgłosił. Zdarzenia przychodzą tym wywołaniem z kluczem API:',
  toDocs: 'Jak zgłosić zdarzenie',
  nothingMatches: 'Żadne zdarzenie nie pasuje do tych filtrów.',
  oneTitle: 'Zdarzenie {id}',
  event: 'Zdarzenie',
  unknown: 'Nieznane zdarzenie',
  unknownText: 'Nie ma takiego zdarzenia; stare nie są przechowywane.',
  back: 'Wszystkie zdarzenia',
  facts: {
    type: 'Typ zdarzenia',
    source: 'Źródło',
    happened: 'Kiedy',
    accepted: 'Przyjęto',
    data: 'Dane',
  },
  unmatchedText:
    'Gdy je przyjęto, żaden webhook nie subskrybował tego typu zdarzeń, więc nikomu się nie należy.',
  toWebhooks: 'Do webhooków',
};

export default texts;
