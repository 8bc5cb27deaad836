import type en from '../en/users.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Usuarios',
  text: 'Quién puede iniciar sesión. Las máquinas usan claves de API.',
  add: 'Añadir usuario',
  username: 'Usuario',
  type: 'Tipo',
  types: { admin: 'Administrador', user: 'Usuario' },
  typeTexts: {
    admin: 'Puede verlo y cambiarlo todo.',
    user: 'Lo ve todo salvo secretos, usuarios, claves y el registro de auditoría, y no cambia nada.',
  },
  created: 'Añadido',
  actions: 'Acciones',
  you: 'usted',
  change: 'Cambiar',
  changeOf: 'Cambiar {name}',
  remove: 'Quitar',
  removeOf: 'Quitar {name}',
  lastStays: 'último administrador',
  lastStaysText: 'El último administrador lo sigue siendo. Nombre antes a otro.',
  addTitle: 'Añadir usuario',
  changeTitle: 'Cambiar usuario',
  newPassword: 'Nueva contraseña',
  passwordHint: 'Vacía: no cambia. Una nueva cierra todas las sesiones de este usuario.',
  ownPasswordHint: 'Vacía: no cambia. Una nueva cierra todas sus sesiones, también esta.',
  needed: 'Es obligatorio.',
  length: 'De {min} a {max} caracteres',
  added: 'Se ha añadido el usuario.',
  changed: 'Se ha cambiado el usuario.',
  removed: 'Se ha quitado el usuario.',
  removeTitle: '¿Quitar el usuario?',
  removeText:
    'La sesión de {name} se cierra y no podrá volver a entrar. Lo que hizo queda en el registro de auditoría.',
  removeSelfText: 'Esta es su propia cuenta, {name}. Su sesión se cierra y no podrá volver a entrar.',
};

export default texts;
