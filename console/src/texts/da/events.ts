import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Hændelser',
  text: 'Alt, hvad paneler har meldt, også det, ingen webhook ville have.',
  columns: {
    category: 'Kategori',
    event: 'Hændelse',
    source: 'Kilde',
    who: 'Person eller nummer',
    deliveries: 'Leveringer',
    happened: 'Skete',
  },
  number: 'nr. {id}',
  unmatched: 'ingen abonnent',
  deliveryCount: { one: '{n} levering', other: '{n} leveringer' },
  none: 'Intet panel har meldt noget endnu. Hændelser kommer ind med dette kald og en API-nøgle:',
  toDocs: 'Sådan meldes en hændelse',
  nothingMatches: 'Ingen hændelse passer til disse filtre.',
  oneTitle: 'Hændelse {id}',
  event: 'Hændelse',
  unknown: 'Ukendt hændelse',
  unknownText: 'Hændelsen findes ikke; gamle hændelser gemmes ikke.',
  back: 'Alle hændelser',
  facts: {
    type: 'Hændelsestype',
    source: 'Kilde',
    happened: 'Skete',
    accepted: 'Modtaget',
    data: 'Data',
  },
  unmatchedText:
    'Da den blev modtaget, abonnerede ingen webhook på denne hændelsestype, så ingen har den til gode.',
  toWebhooks: 'Gå til webhooks',
};

export default texts;
