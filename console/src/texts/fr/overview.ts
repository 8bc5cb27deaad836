import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: "Vue d'ensemble",
  period: 'Période',
  periods: {
    hour: '1 heure',
    day: '24 heures',
    week: '7 jours',
    month: '30 jours',
  },
  lastMinute: 'Dans la dernière minute : {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} événement',
    other: '{n} événements',
  },
  deliveredOut: {
    one: '{n} livrée',
    other: '{n} livrées',
  },
  failedAttempts: {
    one: '{n} tentative échouée',
    other: '{n} tentatives échouées',
  },
  successRate: 'Taux de réussite',
  delivered: 'Livrées',
  failed: 'Échouées',
  retrying: 'Relancées',
  open: 'Ouvertes',
  heldNow: 'Retenues maintenant',
  latency: 'Latence, médiane',
  latencyTail: '95 sur 100 en {p95}',
  nothingDelivered: "Rien n'a été livré.",
  overTime: 'Livraisons dans le temps',
  overTimeLabel: 'Livraisons dans le temps : {delivered} livrées, {failed} échouées, {open} ouvertes',
  latencyOverTime: 'Latence dans le temps',
  latencyLabel: 'Latence dans le temps : la moitié en {p50}, 95 sur 100 en {p95}, 99 sur 100 en {p99}',
  p50: 'Médiane',
  p95: '95 sur 100',
  byEventType: "Par type d'événement",
  eventType: "Type d'événement",
  nothingYet: "Il n'y avait rien à livrer pendant ce temps.",
  webhooksByHealth: 'Webhooks selon leur santé',
  allWebhooks: 'Tous les webhooks',
  health: {
    healthy: 'Sains',
    open: 'En échec',
    draining: 'Rattrapent',
    disabled: 'Désactivés',
  },
  noneFails: "Aucun webhook n'est en échec.",
  allFailing: 'Tous ceux en échec',
  andMore: '{n} et plus',
};

export default texts;
