import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Resumen',
  period: 'Periodo',
  periods: {
    hour: '1 hora',
    day: '24 horas',
    week: '7 días',
    month: '30 días',
  },
  lastMinute: 'En el último minuto: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} evento',
    other: '{n} eventos',
  },
  deliveredOut: {
    one: '{n} entregado',
    other: '{n} entregados',
  },
  failedAttempts: {
    one: '{n} intento fallido',
    other: '{n} intentos fallidos',
  },
  successRate: 'Tasa de éxito',
  delivered: 'Entregados',
  failed: 'Fallidos',
  retrying: 'Reintentando',
  open: 'Abiertos',
  heldNow: 'Retenidos ahora',
  latency: 'Latencia, mediana',
  latencyTail: '95 de 100 en {p95}',
  nothingDelivered: 'No se entregó nada.',
  overTime: 'Entregas en el tiempo',
  overTimeLabel: 'Entregas en el tiempo: {delivered} entregadas, {failed} fallidas, {open} abiertas',
  latencyOverTime: 'Latencia en el tiempo',
  latencyLabel: 'Latencia en el tiempo: la mitad en {p50}, 95 de 100 en {p95}, 99 de 100 en {p99}',
  p50: 'Mediana',
  p95: '95 de 100',
  byEventType: 'Por tipo de evento',
  eventType: 'Tipo de evento',
  nothingYet: 'En este tiempo no se debía nada.',
  webhooksByHealth: 'Webhooks según su salud',
  allWebhooks: 'Todos los webhooks',
  health: {
    healthy: 'Sanos',
    open: 'Fallando',
    draining: 'Poniéndose al día',
    disabled: 'Desactivados',
  },
  noneFails: 'Ningún webhook falla.',
  allFailing: 'Todos los que fallan',
  andMore: '{n} y más',
};

export default texts;
