import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Événements',
  text: "Tout ce que les platines ont signalé, même ce qu'aucun webhook ne voulait.",
  columns: {
    category: 'Catégorie',
    event: 'Événement',
    source: 'Source',
    who: 'Personne ou numéro',
    deliveries: 'Livraisons',
    happened: 'Survenu',
  },
  number: 'n° {id}',
  unmatched: 'sans abonné',
  deliveryCount: { one: '{n} livraison', other: '{n} livraisons' },
  none: "Aucune platine n'a encore rien signalé. Les événements arrivent par cet appel, avec une clé d'API :",
  toDocs: 'Comment signaler un événement',
  nothingMatches: 'Aucun événement ne correspond à ces filtres.',
  oneTitle: 'Événement {id}',
  event: 'Événement',
  unknown: 'Événement inconnu',
  unknownText: "Cet événement n'existe pas ; les anciens ne sont pas conservés.",
  back: 'Tous les événements',
  facts: {
    type: "Type d'événement",
    source: 'Source',
    happened: 'Survenu',
    accepted: 'Accepté',
    data: 'Données',
  },
  unmatchedText:
    "Quand il a été accepté, aucun webhook n'était abonné à ce type d'événement : il n'est dû à personne.",
  toWebhooks: 'Aller aux webhooks',
};

export default texts;
