import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Petición',
  answer: 'Respuesta',
  headers: 'Cabeceras',
  body: 'Cuerpo',
  empty: 'vacío',
  noAnswer: 'No llegó ninguna respuesta.',
  masked: 'Los valores de tus propias cabeceras están ocultos.',
  showAll: 'Mostrar los {n} caracteres',
  copyCurl: 'Copiar como curl',
  copied: 'Copiado',
} satisfies Translated<typeof en>;
