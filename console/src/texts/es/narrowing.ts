import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Filtros',
  filtersSet: 'Filtros ({n})',
  clear: 'Quitar filtros',
  clearOne: 'Quitar',
  webhook: 'Webhook',
  chooseWebhook: 'Elige un webhook',
  type: 'Tipo de evento',
  status: 'Estado',
  source: 'Origen',
  sourcePlaceholder: 'Cualquier panel',
  event: 'ID de evento',
  eventPlaceholder: 'Cualquiera',
  wrongEvent: 'Un número entero, como 45',
  time: 'Tiempo',
  periods: {
    any: 'Cualquier momento',
    '1h': 'Última hora',
    '24h': 'Últimas 24 horas',
    '7d': 'Últimos 7 días',
    '30d': 'Últimos 30 días',
    custom: 'Desde … hasta …',
  },
  from: 'Desde',
  to: 'Hasta',
  wrongTimes: 'El final debe ser posterior al comienzo',
  unmatched: 'Sin suscriptor',
  nothingFound: 'No se encontró nada',
  categories: { access: 'Acceso', emergency: 'Emergencia', info: 'Información', system: 'Sistema' },
  live: 'En vivo',
  waiting: {
    one: '{n} entrada nueva; aparecerá cuando salgas de la lista',
    other: '{n} entradas nuevas; aparecerán cuando salgas de la lista',
  },
  showNew: { one: 'Mostrar {n} entrada nueva', other: 'Mostrar {n} entradas nuevas' },
};

export default texts;
