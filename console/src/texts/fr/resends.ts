import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Renvois groupés',
  button: 'Renvoi groupé',
  dialogTitle: 'Renvoyer de nombreuses livraisons',
  webhooks: 'À quels webhooks',
  chooseWebhook: 'Choisissez au moins un webhook.',
  chooseEnd: 'Choisissez au moins une issue.',
  what: 'Ce qui est envoyé',
  modes: {
    deliveries: 'Les livraisons terminées',
    events: "Les événements, même ceux qui n'ont jamais été dus au webhook",
  },
  eventsText: "Pour un webhook nouveau, ou abonné à davantage. Ce qu'il a déjà est envoyé de nouveau.",
  ended: 'Issue',
  allTypes: "Tous les types d'événements",
  types: "Types d'événements : {names}",
  allSources: 'Toutes les sources',
  sources: 'Sources : {names}',
  from: 'Du {time}',
  until: 'Au {time}',
  anyTime: 'Toute période',
  notByEvent: "Le numéro d'événement du filtre ne compte pas ici.",
  counting: 'Comptage …',
  nothing: 'Rien ne correspond.',
  count: { one: '{n} livraison sera renvoyée.', other: '{n} livraisons seront renvoyées.' },
  countEvents: { one: '{n} événement sera envoyé.', other: '{n} événements seront envoyés.' },
  start: 'Renvoyer',
  startMany: 'Renvoyer {n}',
  to: 'Renvoi vers {url}',
  states: { running: 'en cours', done: 'terminé', cancelled: 'arrêté' },
  progress: '{done} sur {total}',
  skipped: '{n} ignorées',
  started: 'commencé le {time} par {who}',
  cancel: 'Arrêter',
  earlier: 'Renvois groupés précédents',
};

export default texts;
