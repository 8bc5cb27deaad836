import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Dostawy',
  text: 'Każde zdarzenie należne webhookowi i co się z nim stało.',
  columns: {
    status: 'Stan',
    event: 'Zdarzenie',
    webhook: 'Webhook',
    attempts: 'Ostatnia odpowiedź',
    accepted: 'Przyjęto',
    next: 'Następna próba',
    actions: 'Działania',
  },
  eventNumber: 'nr {id}',
  test: 'test',
  noAttempts: 'jeszcze bez prób',
  noAnswer: 'brak odpowiedzi',
  attempt: 'próba {n} z {most}',
  none: 'Nic jeszcze nie dostarczono. Gdy tylko panel zgłosi zdarzenie, które subskrybuje jakiś webhook, pojawi się ono tutaj.',
  toWebhooks: 'Do webhooków',
  nothingMatches: 'Żadna dostawa nie pasuje do tych filtrów.',
};

export default texts;
