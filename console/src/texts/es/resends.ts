import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Reenvíos masivos',
  button: 'Reenvío masivo',
  dialogTitle: 'Reenviar muchas entregas',
  webhooks: 'A qué webhooks',
  chooseWebhook: 'Elige al menos un webhook.',
  chooseEnd: 'Elige al menos una forma en que terminaron.',
  what: 'Qué se envía',
  modes: {
    deliveries: 'Entregas que han terminado',
    events: 'Eventos, también los que nunca se debieron al webhook',
  },
  eventsText: 'Para un webhook nuevo o que amplió su suscripción. Lo que ya tiene se envía otra vez.',
  ended: 'Terminaron como',
  allTypes: 'Todos los tipos de evento',
  types: 'Tipos de evento: {names}',
  allSources: 'Todos los orígenes',
  sources: 'Orígenes: {names}',
  from: 'Desde {time}',
  until: 'Hasta {time}',
  anyTime: 'Cualquier momento',
  notByEvent: 'El ID de evento del filtro no cuenta aquí.',
  counting: 'Contando …',
  nothing: 'Nada coincide.',
  count: { one: 'Se reenviará {n} entrega.', other: 'Se reenviarán {n} entregas.' },
  countEvents: { one: 'Se enviará {n} evento.', other: 'Se enviarán {n} eventos.' },
  start: 'Reenviar',
  startMany: 'Reenviar {n}',
  to: 'Reenvío a {url}',
  states: { running: 'en curso', done: 'terminado', cancelled: 'detenido' },
  progress: '{done} de {total}',
  skipped: '{n} omitidas',
  started: 'iniciado el {time} por {who}',
  cancel: 'Detener',
  earlier: 'Reenvíos masivos anteriores',
};

export default texts;
