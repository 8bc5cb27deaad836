import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Wysyłki zbiorcze',
  button: 'Wysyłka zbiorcza',
  dialogTitle: 'Wyślij ponownie wiele dostaw',
  webhooks: 'Do których webhooków',
  chooseWebhook: 'Wybierz co najmniej jeden webhook.',
  chooseEnd: 'Wybierz co najmniej jeden wynik.',
  what: 'Co wysłać',
  modes: {
    deliveries: 'Zakończone dostawy',
    events: 'Zdarzenia, także te, które nigdy nie należały się webhookowi',
  },
  eventsText:
    'Dla nowego webhooka lub takiego, który rozszerzył subskrypcję. To, co już ma, zostanie wysłane ponownie.',
  ended: 'Z wynikiem',
  allTypes: 'Wszystkie typy zdarzeń',
  types: 'Typy zdarzeń: {names}',
  allSources: 'Wszystkie źródła',
  sources: 'Źródła: {names}',
  from: 'Od {time}',
  until: 'Do {time}',
  anyTime: 'Dowolny czas',
  notByEvent: 'Numer zdarzenia z filtra nie liczy się tutaj.',
  counting: 'Liczenie …',
  nothing: 'Nic nie pasuje.',
  count: {
    one: 'Ponownie zostanie wysłana {n} dostawa.',
    few: 'Ponownie zostaną wysłane {n} dostawy.',
    many: 'Ponownie zostanie wysłanych {n} dostaw.',
    other: 'Ponownie zostanie wysłanych {n} dostaw.',
  },
  countEvents: {
    one: 'Zostanie wysłane {n} zdarzenie.',
    few: 'Zostaną wysłane {n} zdarzenia.',
    many: 'Zostanie wysłanych {n} zdarzeń.',
    other: 'Zostanie wysłanych {n} zdarzeń.',
  },
  start: 'Wyślij',
  startMany: 'Wyślij: {n}',
  to: 'Wysyłka do {url}',
  states: { running: 'trwa', done: 'zakończona', cancelled: 'zatrzymana' },
  progress: '{done} z {total}',
  skipped: 'pominięto: {n}',
  started: 'rozpoczęta {time}, {who}',
  cancel: 'Zatrzymaj',
  earlier: 'Wcześniejsze wysyłki zbiorcze',
};

export default texts;
