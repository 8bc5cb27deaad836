import type en from '../en/keys.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: "Clés d'API",
  text: "Pour les platines et les autres machines. Une clé n'est affichée qu'une fois, à sa création.",
  none: "Il n'y a pas encore de clé d'API. Avec une clé, une platine ou un programme peut signaler des événements ou les lire.",
  make: 'Créer une clé',
  makeTitle: "Créer une clé d'API",
  madeTitle: 'La clé est créée',
  name: 'Nom',
  nameHint: "Les événements qui n'indiquent pas de source reçoivent celui-ci.",
  nameLength: 'De {min} à {max} caractères',
  prefix: 'Commence par',
  scopesTitle: 'Peut',
  scopes: { 'events:write': 'signaler des événements', read: 'lire', admin: 'tout faire' },
  scopeTexts: {
    'events:write': "Ce qu'il faut à une platine, et rien d'autre.",
    read: 'Ce que peut voir un compte de type « Utilisateur ».',
    admin: 'Comme un administrateur, utilisateurs et clés compris.',
  },
  scopesNeeded: 'Choisissez-en au moins un.',
  created: 'Créée',
  lastUse: 'Dernière utilisation',
  neverUsed: 'jamais utilisée',
  actions: 'Actions',
  theKey: 'La clé',
  onceText:
    'Copiez-la maintenant : elle ne sera plus affichée. Si elle est perdue, révoquez-la et créez-en une autre.',
  curlLine: 'ligne curl',
  curlReports: 'Cette ligne envoie un événement de test à ce serveur :',
  curlReads: 'Cette ligne lit les dernières livraisons de ce serveur :',
  done: 'Terminé',
  revoke: 'Révoquer',
  revokeOf: 'Révoquer {name}',
  revokeTitle: 'Révoquer la clé ?',
  revokeText: 'Qui utilise « {name} » ({prefix}…) est refusé dès maintenant. Cela ne peut pas être annulé.',
  revoked: 'La clé a été révoquée.',
};

export default texts;
