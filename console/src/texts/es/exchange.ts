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
  unrecorded: 'Las cabeceras no se registraron al enviar esto.',
  resent:
    'Enviada dos veces: el receptor cerró la conexión abierta sin responder y la petición se volvió a enviar enseguida por una nueva. El receptor puede haberla visto dos veces.',
  note: 'Entregado de todos modos, porque el estado es de éxito. Lo que fallaba en el resto de la respuesta:',
  showAll: 'Mostrar los {n} caracteres',
  copyCurl: 'Copiar como curl',
  copied: 'Copiado',
} satisfies Translated<typeof en>;
