import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Entregas',
  text: 'Cada evento que se debe a un webhook, y qué fue de él.',
  columns: {
    status: 'Estado',
    event: 'Evento',
    webhook: 'Webhook',
    attempts: 'Última respuesta',
    accepted: 'Aceptado',
    next: 'Próximo intento',
    actions: 'Acciones',
  },
  eventNumber: 'n.º {id}',
  test: 'prueba',
  noAttempts: 'aún sin intentos',
  noAnswer: 'sin respuesta',
  attempt: 'intento {n} de {most}',
  none: 'Todavía no se ha entregado nada. En cuanto un panel informe de un evento al que esté suscrito un webhook, aparecerá aquí.',
  toWebhooks: 'Ir a webhooks',
  nothingMatches: 'Ninguna entrega coincide con estos filtros.',
};

export default texts;
