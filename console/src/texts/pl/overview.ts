import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Przegląd',
  period: 'Okres',
  periods: {
    hour: '1 godzina',
    day: '24 godziny',
    week: '7 dni',
    month: '30 dni',
  },
  lastMinute: 'W ostatniej minucie: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} zdarzenie',
    few: '{n} zdarzenia',
    many: '{n} zdarzeń',
    other: '{n} zdarzenia',
  },
  deliveredOut: {
    one: '{n} dostarczona',
    few: '{n} dostarczone',
    many: '{n} dostarczonych',
    other: '{n} dostarczonej',
  },
  failedAttempts: {
    one: '{n} nieudana próba',
    few: '{n} nieudane próby',
    many: '{n} nieudanych prób',
    other: '{n} nieudanej próby',
  },
  successRate: 'Skuteczność',
  delivered: 'Dostarczone',
  failed: 'Nieudane',
  retrying: 'Ponawiane',
  open: 'Otwarte',
  heldNow: 'Wstrzymane teraz',
  latency: 'Opóźnienie, mediana',
  latencyTail: '95 na 100 w {p95}',
  nothingDelivered: 'Nic nie dostarczono.',
  overTime: 'Dostawy w czasie',
  overTimeLabel: 'Dostawy w czasie: {delivered} dostarczonych, {failed} nieudanych, {open} otwartych',
  latencyOverTime: 'Opóźnienie w czasie',
  latencyLabel: 'Opóźnienie w czasie: połowa w {p50}, 95 na 100 w {p95}, 99 na 100 w {p99}',
  p50: 'Mediana',
  p95: '95 na 100',
  byEventType: 'Według typu zdarzenia',
  eventType: 'Typ zdarzenia',
  nothingYet: 'W tym czasie nie było czego dostarczać.',
  webhooksByHealth: 'Webhooki według stanu',
  allWebhooks: 'Wszystkie webhooki',
  health: {
    healthy: 'Sprawne',
    open: 'Zawodzą',
    draining: 'Nadrabiają',
    disabled: 'Wyłączone',
  },
  noneFails: 'Żaden webhook nie zawodzi.',
  allFailing: 'Wszystkie, które zawodzą',
  andMore: '{n} i więcej',
};

export default texts;
