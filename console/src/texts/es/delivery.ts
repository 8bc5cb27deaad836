import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Entrega {id}',
  unknown: 'Entrega desconocida',
  unknownText: 'No existe tal entrega; las que terminaron hace mucho se olvidan.',
  back: 'Todas las entregas',
  event: 'Evento {id}',
  allOfEvent: 'Todas las entregas de este evento',
  isTest: 'una prueba, que no se debe a nadie',
  timeline: 'Cronología',
  accepted: 'Aceptado',
  earlier: { one: 'Mostrar {n} intento anterior', other: 'Mostrar {n} intentos anteriores' },
  attempt: 'Intento {n}',
  nextAttempt: 'Próximo intento',
  now: 'ahora',
  in: 'dentro de {time}',
  waits: 'Espera su turno',
  isHeld: 'Retenida: su webhook no admite intentos ahora',
  whyHeld: 'su webhook falla o está desactivado',
  ended: 'Terminó como {status}',
  reasons: {
    success: 'con éxito',
    'retries-exhausted': 'no quedaban reintentos',
    'receiver-gone': 'el receptor dijo que ya no existe (410)',
    'webhook-deleted': 'su webhook fue eliminado',
    'cancelled-by-user': 'alguien la canceló',
    'held-too-long': 'su webhook estuvo desactivado demasiado tiempo',
    'too-old': 'superó la antigüedad que permite su webhook',
    test: 'una prueba se intenta una sola vez',
  },
  resend: 'Reenviar',
  sendNow: 'Enviar ahora',
  sent: 'Está en camino.',
  cancel: 'Cancelar',
  keep: 'Conservarla',
  cancelTitle: '¿Cancelar esta entrega?',
  cancelText: 'No se hará ningún intento más. Se podrá reenviar más tarde.',
  cancelConfirm: 'Cancelar la entrega',
  cancelled: 'La entrega está cancelada.',
};

export default texts;
