import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Eventos',
  text: 'Todo lo que comunicaron los paneles, también lo que ningún webhook quiso.',
  columns: {
    category: 'Categoría',
    event: 'Evento',
    source: 'Origen',
    who: 'Persona o número',
    deliveries: 'Entregas',
    happened: 'Sucedió',
  },
  number: 'n.º {id}',
  unmatched: 'sin suscriptor',
  deliveryCount: { one: '{n} entrega', other: '{n} entregas' },
  none: 'Ningún panel ha comunicado nada todavía. Los eventos llegan con esta llamada y una clave de API:',
  toDocs: 'Cómo comunicar un evento',
  nothingMatches: 'Ningún evento coincide con estos filtros.',
  oneTitle: 'Evento {id}',
  event: 'Evento',
  unknown: 'Evento desconocido',
  unknownText: 'No existe tal evento; los antiguos se olvidan.',
  back: 'Todos los eventos',
  facts: {
    type: 'Tipo de evento',
    source: 'Origen',
    happened: 'Sucedió',
    accepted: 'Aceptado',
    data: 'Datos',
  },
  unmatchedText:
    'Cuando se aceptó, ningún webhook estaba suscrito a este tipo de evento, así que no se debe a nadie.',
  toWebhooks: 'Ir a webhooks',
};

export default texts;
