import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Cola de reintentos',
  text: 'Entregas cuyo último intento falló y que se intentan de nuevo, la próxima primero.',
  none: 'Nada espera un reintento: lo que no se pudo entregar enseguida ya se ha entregado o ha terminado.',
  noneButHeld: {
    one: 'Ahora no se reintenta nada, pero hay {n} entrega retenida: su webhook falla o está desactivado.',
    other:
      'Ahora no se reintenta nada, pero hay {n} entregas retenidas: sus webhooks fallan o están desactivados.',
  },
  left: 'salió de la cola',
  held: 'Mostrar lo retenido',
};

export default texts;
