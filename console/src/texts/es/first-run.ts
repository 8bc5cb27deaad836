import type en from '../en/first-run.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Primeros pasos',
  text: 'Tres pasos hasta el primer evento entregado. Se tarda menos de un minuto.',
  hide: 'Ocultar',
  close: 'Cerrar',
  stepDone: 'hecho',
  whereTitle: '¿Adónde deben ir los eventos?',
  whereText:
    'La URL del programa al que hay que avisar. Recibe todos los tipos de evento, firmados con un secreto nuevo; ambas cosas se pueden cambiar después.',
  url: 'URL del receptor',
  create: 'Crear webhook',
  change: 'Cambiar',
  secret: 'Secreto',
  secretText: 'El receptor comprueba las firmas con este secreto:',
  noReceiver: '¿No tiene un receptor a mano?',
  receiverText:
    'Esta línea inicia uno en el puerto 9000 de una máquina con Node y muestra lo que llega. Su URL es entonces http://<dirección de esa máquina>:9000.',
  receiverLine: 'receptor',
  loopbackText:
    'Las direcciones del propio servidor, como 127.0.0.1 y localhost, se rechazan para que nadie llegue adonde no debe. Para permitirlas en una prueba, inicie Latchhook con este ajuste:',
  allowLine: 'inicio con el ajuste',
  demoText: 'O vea el camino completo con un edificio simulado, aparte de este servidor:',
  demoLine: 'demostración',
  testTitle: 'Enviar una prueba',
  testText:
    'Una sola petición, al momento, por el mismo camino que cualquier evento. Verá lo que se envió y lo que se respondió.',
  sendTest: 'Enviar prueba',
  sendAgain: 'Enviar de nuevo',
  changeWebhook: 'Cambiar el webhook',
  reportTitle: 'Dejar que los paneles comuniquen',
  reportText:
    'Un panel, o cualquier programa, comunica eventos con una clave de API. Cree una y ejecute la línea que la acompaña, o comunique un evento de prueba desde aquí.',
  makeKey: 'Crear una clave',
  keyName: 'paneles',
  reportHere: 'Comunicar un evento de prueba',
  waiting: 'Esperando el primer evento…',
  arrived: 'El evento llegó al receptor. Eso es todo.',
  notYet: 'El evento se aceptó y se envía hasta que llegue. Su página dice lo que responde el receptor.',
};

export default texts;
