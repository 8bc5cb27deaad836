import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Bulkzendingen',
  button: 'Bulkzending',
  dialogTitle: 'Veel leveringen opnieuw sturen',
  webhooks: 'Naar welke webhooks',
  chooseWebhook: 'Kies minstens één webhook.',
  chooseEnd: 'Kies minstens één afloop.',
  what: 'Wat wordt gestuurd',
  modes: {
    deliveries: 'Leveringen die zijn afgelopen',
    events: 'Gebeurtenissen, ook die de webhook nooit tegoed had',
  },
  eventsText: 'Voor een nieuwe webhook, of een die nu meer wil. Wat hij al heeft, wordt opnieuw gestuurd.',
  ended: 'Afgelopen als',
  allTypes: 'Alle soorten gebeurtenissen',
  types: 'Soorten gebeurtenissen: {names}',
  allSources: 'Alle bronnen',
  sources: 'Bronnen: {names}',
  from: 'Van {time}',
  until: 'Tot {time}',
  anyTime: 'Altijd',
  notByEvent: 'Het gebeurtenis-ID uit het filter telt hier niet.',
  counting: 'Tellen …',
  nothing: 'Niets gevonden.',
  count: { one: '{n} levering wordt opnieuw gestuurd.', other: '{n} leveringen worden opnieuw gestuurd.' },
  countEvents: { one: '{n} gebeurtenis wordt gestuurd.', other: '{n} gebeurtenissen worden gestuurd.' },
  start: 'Sturen',
  startMany: '{n} sturen',
  to: 'Zending naar {url}',
  states: { running: 'bezig', done: 'klaar', cancelled: 'gestopt' },
  progress: '{done} van {total}',
  skipped: '{n} overgeslagen',
  started: 'begonnen {time} door {who}',
  cancel: 'Stoppen',
  earlier: 'Eerdere bulkzendingen',
};

export default texts;
