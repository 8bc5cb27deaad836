import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Filtre',
  filtersSet: 'Filtre ({n})',
  clear: 'Ryd filtre',
  clearOne: 'Ryd',
  webhook: 'Webhook',
  chooseWebhook: 'Vælg en webhook',
  type: 'Hændelsestype',
  status: 'Status',
  source: 'Kilde',
  sourcePlaceholder: 'Alle paneler',
  event: 'Hændelses-id',
  eventPlaceholder: 'Alle',
  wrongEvent: 'Et helt tal, f.eks. 45',
  time: 'Tid',
  periods: {
    any: 'Når som helst',
    '1h': 'Seneste time',
    '24h': 'Seneste 24 timer',
    '7d': 'Seneste 7 dage',
    '30d': 'Seneste 30 dage',
    custom: 'Fra … til …',
  },
  from: 'Fra',
  to: 'Til',
  wrongTimes: 'Slutningen skal ligge efter begyndelsen',
  unmatched: 'Uden abonnent',
  nothingFound: 'Intet fundet',
  categories: { access: 'Adgang', emergency: 'Alarm', info: 'Information', system: 'System' },
  live: 'Live',
  waiting: {
    one: '{n} ny linje; den vises, når du forlader listen',
    other: '{n} nye linjer; de vises, når du forlader listen',
  },
  showNew: { one: 'Vis {n} ny linje', other: 'Vis {n} nye linjer' },
};

export default texts;
