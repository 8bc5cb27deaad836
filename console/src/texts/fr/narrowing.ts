import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Filtres',
  filtersSet: 'Filtres ({n})',
  clear: 'Effacer les filtres',
  clearOne: 'Effacer',
  webhook: 'Webhook',
  chooseWebhook: 'Choisissez un webhook',
  type: "Type d'événement",
  status: 'État',
  source: 'Source',
  sourcePlaceholder: 'Toute platine',
  event: "N° d'événement",
  eventPlaceholder: 'Tous',
  wrongEvent: 'Un nombre entier, comme 45',
  time: 'Période',
  periods: {
    any: 'Toute période',
    '1h': 'Dernière heure',
    '24h': 'Dernières 24 heures',
    '7d': '7 derniers jours',
    '30d': '30 derniers jours',
    custom: 'Du … au …',
  },
  from: 'Du',
  to: 'Au',
  wrongTimes: 'La fin doit être après le début',
  unmatched: 'Sans abonné',
  nothingFound: 'Rien trouvé',
  categories: { access: 'Accès', emergency: 'Urgence', info: 'Information', system: 'Système' },
  live: 'En direct',
  waiting: {
    one: '{n} nouvelle entrée, affichée dès que vous quittez la liste',
    other: '{n} nouvelles entrées, affichées dès que vous quittez la liste',
  },
  showNew: { one: 'Afficher {n} nouvelle entrée', other: 'Afficher {n} nouvelles entrées' },
};

export default texts;
