import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Overzicht',
  period: 'Periode',
  periods: {
    hour: '1 uur',
    day: '24 uur',
    week: '7 dagen',
    month: '30 dagen',
  },
  lastMinute: 'In de laatste minuut: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} gebeurtenis',
    other: '{n} gebeurtenissen',
  },
  deliveredOut: {
    one: '{n} geleverd',
    other: '{n} geleverd',
  },
  failedAttempts: {
    one: '{n} mislukte poging',
    other: '{n} mislukte pogingen',
  },
  successRate: 'Succespercentage',
  delivered: 'Geleverd',
  failed: 'Mislukt',
  retrying: 'Opnieuw',
  open: 'Open',
  heldNow: 'Nu vastgehouden',
  latency: 'Vertraging, mediaan',
  latencyTail: '95 van 100 binnen {p95}',
  nothingDelivered: 'Er is niets geleverd.',
  overTime: 'Leveringen in de tijd',
  overTimeLabel: 'Leveringen in de tijd: {delivered} geleverd, {failed} mislukt, {open} open',
  latencyOverTime: 'Vertraging in de tijd',
  latencyLabel:
    'Vertraging in de tijd: de helft binnen {p50}, 95 van 100 binnen {p95}, 99 van 100 binnen {p99}',
  p50: 'Mediaan',
  p95: '95 van 100',
  byEventType: 'Per gebeurtenistype',
  eventType: 'Gebeurtenistype',
  nothingYet: 'In deze tijd was er niets te leveren.',
  webhooksByHealth: 'Webhooks naar gezondheid',
  allWebhooks: 'Alle webhooks',
  health: {
    healthy: 'Gezond',
    open: 'Falend',
    draining: 'Inhalend',
    disabled: 'Uitgeschakeld',
  },
  noneFails: 'Geen webhook faalt.',
  allFailing: 'Alle die falen',
  andMore: '{n} en meer',
};

export default texts;
