import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Livraisons',
  text: "Chaque événement dû à un webhook, et ce qu'il en est advenu.",
  columns: {
    status: 'État',
    event: 'Événement',
    webhook: 'Webhook',
    attempts: 'Dernière réponse',
    accepted: 'Accepté',
    next: 'Prochaine tentative',
    actions: 'Actions',
  },
  eventNumber: 'n° {id}',
  test: 'test',
  noAttempts: 'aucune tentative',
  noAnswer: 'sans réponse',
  attempt: 'tentative {n} sur {most}',
  none: "Rien n'a encore été livré. Dès qu'une platine signale un événement auquel un webhook est abonné, il apparaît ici.",
  toWebhooks: 'Aller aux webhooks',
  nothingMatches: 'Aucune livraison ne correspond à ces filtres.',
};

export default texts;
