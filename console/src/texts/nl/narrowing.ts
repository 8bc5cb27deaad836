import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Filters',
  filtersSet: 'Filters ({n})',
  clear: 'Filters wissen',
  clearOne: 'Wissen',
  webhook: 'Webhook',
  chooseWebhook: 'Kies een webhook',
  type: 'Soort gebeurtenis',
  status: 'Status',
  source: 'Bron',
  sourcePlaceholder: 'Elk paneel',
  event: 'Gebeurtenis-ID',
  eventPlaceholder: 'Alle',
  wrongEvent: 'Een geheel getal, zoals 45',
  time: 'Tijd',
  periods: {
    any: 'Altijd',
    '1h': 'Afgelopen uur',
    '24h': 'Afgelopen 24 uur',
    '7d': 'Afgelopen 7 dagen',
    '30d': 'Afgelopen 30 dagen',
    custom: 'Van … tot …',
  },
  from: 'Van',
  to: 'Tot',
  wrongTimes: 'Het einde moet na het begin liggen',
  unmatched: 'Zonder abonnee',
  nothingFound: 'Niets gevonden',
  categories: { access: 'Toegang', emergency: 'Alarm', info: 'Informatie', system: 'Systeem' },
  live: 'Live',
  waiting: {
    one: '{n} nieuwe regel; die verschijnt zodra u de lijst verlaat',
    other: '{n} nieuwe regels; die verschijnen zodra u de lijst verlaat',
  },
  showNew: { one: '{n} nieuwe regel tonen', other: '{n} nieuwe regels tonen' },
};

export default texts;
