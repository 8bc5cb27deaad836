import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Cola de reintentos',
  text: 'Entregas cuyo último intento falló y que se intentan de nuevo, la próxima primero.',
  none: 'Nada espera un reintento: lo que no se pudo entregar enseguida ya se ha entregado o ha terminado.',
  left: 'salió de la cola',
  held: 'Mostrar lo retenido',
};

export default texts;
