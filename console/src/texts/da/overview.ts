import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Oversigt',
  period: 'Periode',
  periods: {
    hour: '1 time',
    day: '24 timer',
    week: '7 dage',
    month: '30 dage',
  },
  lastMinute: 'I det seneste minut: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} hændelse',
    other: '{n} hændelser',
  },
  deliveredOut: {
    one: '{n} leveret',
    other: '{n} leveret',
  },
  failedAttempts: {
    one: '{n} mislykket forsøg',
    other: '{n} mislykkede forsøg',
  },
  successRate: 'Succesrate',
  delivered: 'Leveret',
  failed: 'Mislykket',
  retrying: 'Prøves igen',
  open: 'Åbne',
  heldNow: 'Tilbageholdt nu',
  latency: 'Forsinkelse, median',
  latencyTail: '95 af 100 inden for {p95}',
  nothingDelivered: 'Intet blev leveret.',
  overTime: 'Leveringer over tid',
  overTimeLabel: 'Leveringer over tid: {delivered} leveret, {failed} mislykket, {open} åbne',
  latencyOverTime: 'Forsinkelse over tid',
  latencyLabel:
    'Forsinkelse over tid: halvdelen inden for {p50}, 95 af 100 inden for {p95}, 99 af 100 inden for {p99}',
  p50: 'Median',
  p95: '95 af 100',
  byEventType: 'Efter hændelsestype',
  eventType: 'Hændelsestype',
  nothingYet: 'Der var intet at levere i denne tid.',
  webhooksByHealth: 'Webhooks efter helbred',
  allWebhooks: 'Alle webhooks',
  health: {
    healthy: 'Sunde',
    open: 'Fejlende',
    draining: 'Indhenter',
    disabled: 'Deaktiverede',
  },
  noneFails: 'Ingen webhook fejler.',
  allFailing: 'Alle, der fejler',
  andMore: '{n} og flere',
};

export default texts;
