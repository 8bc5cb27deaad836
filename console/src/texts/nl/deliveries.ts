import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Leveringen',
  text: 'Elke gebeurtenis die een webhook tegoed heeft, en wat ervan geworden is.',
  columns: {
    status: 'Status',
    event: 'Gebeurtenis',
    webhook: 'Webhook',
    attempts: 'Laatste antwoord',
    accepted: 'Aangenomen',
    next: 'Volgende poging',
    actions: 'Acties',
  },
  eventNumber: 'nr. {id}',
  test: 'test',
  noAttempts: 'nog geen poging',
  noAnswer: 'geen antwoord',
  attempt: 'poging {n} van {most}',
  none: 'Er is nog niets geleverd. Zodra een paneel een gebeurtenis meldt waarop een webhook geabonneerd is, staat die hier.',
  toWebhooks: 'Naar webhooks',
  nothingMatches: 'Geen levering past bij deze filters.',
};

export default texts;
