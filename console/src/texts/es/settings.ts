import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Ajustes',
  sectionsLabel: 'Partes de los ajustes',
  sections: {
    users: 'Usuarios',
    keys: 'Claves de API',
    audit: 'Registro de auditoría',
    general: 'Esta consola',
    about: 'Acerca de',
  },
  languageTitle: 'Idioma',
  languageText: 'También el de los nombres de los eventos. Se guarda en este navegador.',
  coloursTitle: 'Colores',
  coloursText: 'Automático sigue al sistema.',
  colours: { light: 'Claro', dark: 'Oscuro', auto: 'Automático' },
  firstStepsTitle: 'Primeros pasos',
  firstStepsText:
    'El camino del primer webhook al primer evento entregado, en la parte superior del resumen.',
  showFirstSteps: 'Mostrar los primeros pasos',
  version: 'Versión',
  uptime: 'En marcha desde hace',
  intake: 'Eventos',
  intakes: {
    open: 'se aceptan',
    disk: 'se rechazan: el disco está casi lleno',
    backlog: 'se rechazan: hay demasiado pendiente',
    stopped: 'se rechazan: el almacén no admite escrituras',
  },
  store: 'Almacén',
  storeText: '{kind}, esquema {schema}, {size}',
  diskText: '{free} libres de {total}, {used} en uso',
  diskElsewhere: 'El disco es el de la base de datos y aquí no se conoce.',
  standbys: {
    synchronous:
      'Lo respondido con 202 sobrevive a la pérdida del servidor primario: un servidor en espera síncrono también lo tiene.',
    missing: 'Falta un servidor en espera síncrono: las escrituras lo esperan.',
    asynchronous:
      'Lo respondido con 202 puede perderse con el servidor primario: hay un servidor en espera, pero las escrituras no lo esperan.',
    none: 'Lo respondido con 202 puede perderse con el servidor primario: no hay ningún servidor en espera conectado.',
  },
  clockAhead:
    'El reloj va {ahead} adelantado respecto a los de {n} receptores. Póngalo en hora, o lo que se envía se dará por erróneo.',
  clockBehind:
    'El reloj va {ahead} atrasado respecto a los de {n} receptores. Póngalo en hora, o lo que se envía se dará por erróneo.',
  nodes: 'Nodos',
  nodesText: 'Los procesos que trabajan con este almacén.',
  node: 'Nodo',
  startedAt: 'Iniciado',
  seenAt: 'Visto por última vez',
  readOn: 'Para seguir leyendo',
  apiPage: 'Página de la API',
  apiPageText: 'todas las llamadas, con ejemplos y con los motivos por los que pueden rechazarse',
  openApiText: 'lo mismo para máquinas',
};

export default texts;
