import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Gebeurtenissen',
  text: 'Alles wat panelen meldden, ook wat geen webhook wilde hebben.',
  columns: {
    category: 'Categorie',
    event: 'Gebeurtenis',
    source: 'Bron',
    who: 'Persoon of nummer',
    deliveries: 'Leveringen',
    happened: 'Gebeurd',
  },
  number: 'nr. {id}',
  unmatched: 'geen abonnee',
  deliveryCount: { one: '{n} levering', other: '{n} leveringen' },
  none: 'Nog geen paneel heeft iets gemeld. Gebeurtenissen komen binnen met deze aanroep en een API-sleutel:',
  toDocs: 'Een gebeurtenis melden',
  nothingMatches: 'Geen gebeurtenis past bij deze filters.',
  oneTitle: 'Gebeurtenis {id}',
  event: 'Gebeurtenis',
  unknown: 'Onbekende gebeurtenis',
  unknownText: 'Die gebeurtenis is er niet; oude worden niet bewaard.',
  back: 'Alle gebeurtenissen',
  facts: {
    type: 'Soort gebeurtenis',
    source: 'Bron',
    happened: 'Gebeurd',
    accepted: 'Aangenomen',
    data: 'Gegevens',
  },
  unmatchedText:
    'Toen ze werd aangenomen, was geen webhook op deze soort geabonneerd; niemand heeft haar dus tegoed.',
  toWebhooks: 'Naar webhooks',
};

export default texts;
