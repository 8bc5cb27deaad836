import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Masseafsendelser',
  button: 'Masseafsendelse',
  dialogTitle: 'Send mange leveringer igen',
  webhooks: 'Til hvilke webhooks',
  chooseWebhook: 'Vælg mindst én webhook.',
  chooseEnd: 'Vælg mindst ét udfald.',
  what: 'Hvad der sendes',
  modes: {
    deliveries: 'Leveringer, der er slut',
    events: 'Hændelser, også dem webhooken aldrig havde til gode',
  },
  eventsText: 'For en ny webhook, eller en der nu abonnerer på mere. Hvad den allerede har, sendes igen.',
  ended: 'Endte som',
  allTypes: 'Alle hændelsestyper',
  types: 'Hændelsestyper: {names}',
  allSources: 'Alle kilder',
  sources: 'Kilder: {names}',
  from: 'Fra {time}',
  until: 'Til {time}',
  anyTime: 'Når som helst',
  notByEvent: 'Hændelses-id fra filteret tæller ikke her.',
  counting: 'Tæller …',
  nothing: 'Intet passer.',
  count: { one: '{n} levering sendes igen.', other: '{n} leveringer sendes igen.' },
  countEvents: { one: '{n} hændelse sendes.', other: '{n} hændelser sendes.' },
  start: 'Send',
  startMany: 'Send {n}',
  to: 'Afsendelse til {url}',
  states: { running: 'i gang', done: 'færdig', cancelled: 'stoppet' },
  progress: '{done} af {total}',
  skipped: '{n} sprunget over',
  started: 'begyndt {time} af {who}',
  cancel: 'Stop',
  earlier: 'Tidligere masseafsendelser',
};

export default texts;
