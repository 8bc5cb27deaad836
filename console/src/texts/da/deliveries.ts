import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Leveringer',
  text: 'Hver hændelse, en webhook har til gode, og hvad der blev af den.',
  columns: {
    status: 'Status',
    event: 'Hændelse',
    webhook: 'Webhook',
    attempts: 'Seneste svar',
    accepted: 'Modtaget',
    next: 'Næste forsøg',
    actions: 'Handlinger',
  },
  eventNumber: 'nr. {id}',
  test: 'test',
  noAttempts: 'intet forsøg endnu',
  noAnswer: 'intet svar',
  attempt: 'forsøg {n} af {most}',
  none: 'Intet er leveret endnu. Så snart et panel melder en hændelse, som en webhook abonnerer på, står den her.',
  toWebhooks: 'Gå til webhooks',
  nothingMatches: 'Ingen levering passer til disse filtre.',
};

export default texts;
