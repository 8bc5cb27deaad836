import type en from '../en/keys.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Claves de API',
  text: 'Para paneles y otras máquinas. Una clave se muestra una sola vez, al crearla.',
  none: 'Todavía no hay claves de API. Con una, un panel o un programa puede comunicar eventos o leerlos.',
  make: 'Crear clave',
  makeTitle: 'Crear una clave de API',
  madeTitle: 'Clave creada',
  name: 'Nombre',
  nameHint: 'Los eventos que no indican origen reciben este.',
  nameLength: 'De {min} a {max} caracteres',
  prefix: 'Empieza por',
  scopesTitle: 'Puede',
  scopes: { 'events:write': 'comunicar eventos', read: 'leer', admin: 'hacerlo todo' },
  scopeTexts: {
    'events:write': 'Lo que necesita un panel, y nada más.',
    read: 'Lo que puede ver un usuario de tipo «Usuario».',
    admin: 'Como un administrador, usuarios y claves incluidos.',
  },
  scopesNeeded: 'Elija al menos uno.',
  created: 'Creada',
  lastUse: 'Último uso',
  neverUsed: 'nunca usada',
  actions: 'Acciones',
  theKey: 'La clave',
  onceText: 'Cópiela ahora: no se volverá a mostrar. Si se pierde, revóquela y cree otra.',
  curlLine: 'línea de curl',
  curlReports: 'Esta línea envía un evento de prueba a este servidor:',
  curlReads: 'Esta línea lee las últimas entregas de este servidor:',
  done: 'Listo',
  revoke: 'Revocar',
  revokeOf: 'Revocar {name}',
  revokeTitle: '¿Revocar la clave?',
  revokeText: 'Quien use «{name}» ({prefix}…) será rechazado desde ahora. No se puede deshacer.',
  revoked: 'Se ha revocado la clave.',
};

export default texts;
