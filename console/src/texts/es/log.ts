import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Registro',
  text: 'Lo que sucedió en las puertas, por orden de tiempo, como lo muestra un panel.',
  columns: { category: 'Categoría', text: 'Qué sucedió', who: 'Persona o número', time: 'Hora' },
  entries: { one: '{n} entrada', other: '{n} entradas' },
  none: 'El registro está vacío. Un cliente que borra el registro de esta cuenta lo borra también aquí; en Eventos está todo.',
  toEvents: 'Ir a eventos',
  nothingMatches: 'Ninguna entrada coincide con estos filtros.',
};

export default texts;
