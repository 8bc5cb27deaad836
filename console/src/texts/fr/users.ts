import type en from '../en/users.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Utilisateurs',
  text: "Qui peut se connecter. Les machines utilisent des clés d'API.",
  add: 'Ajouter un utilisateur',
  username: "Nom d'utilisateur",
  type: 'Type',
  types: { admin: 'Administrateur', user: 'Utilisateur' },
  typeTexts: {
    admin: 'Peut tout voir et tout modifier.',
    user: "Voit tout sauf les secrets, les utilisateurs, les clés et le journal d'audit, et ne modifie rien.",
  },
  created: 'Ajouté',
  actions: 'Actions',
  you: 'vous',
  change: 'Modifier',
  changeOf: 'Modifier {name}',
  remove: 'Retirer',
  removeOf: 'Retirer {name}',
  lastStays: 'dernier administrateur',
  lastStaysText: "Le dernier administrateur le reste. Nommez-en d'abord un autre.",
  addTitle: 'Ajouter un utilisateur',
  changeTitle: "Modifier l'utilisateur",
  newPassword: 'Nouveau mot de passe',
  passwordHint: 'Vide : il reste le même. Un nouveau met fin à toutes les sessions de cet utilisateur.',
  ownPasswordHint: 'Vide : il reste le même. Un nouveau met fin à toutes vos sessions, celle-ci comprise.',
  needed: 'Ce champ est obligatoire.',
  length: 'De {min} à {max} caractères',
  added: "L'utilisateur a été ajouté.",
  changed: "L'utilisateur a été modifié.",
  removed: "L'utilisateur a été retiré.",
  removeTitle: "Retirer l'utilisateur ?",
  removeText:
    "{name} est déconnecté et ne peut plus se connecter. Ce que {name} a fait reste dans le journal d'audit.",
  removeSelfText:
    'Il s’agit de votre propre compte, {name}. Vous êtes déconnecté et ne pourrez plus vous connecter.',
};

export default texts;
