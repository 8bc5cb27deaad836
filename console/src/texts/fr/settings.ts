import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Paramètres',
  sectionsLabel: 'Parties des paramètres',
  sections: {
    users: 'Utilisateurs',
    keys: "Clés d'API",
    audit: "Journal d'audit",
    general: 'Cette console',
    about: 'À propos',
  },
  languageTitle: 'Langue',
  languageText: 'Aussi celle des noms des événements. Elle est gardée dans ce navigateur.',
  coloursTitle: 'Couleurs',
  coloursText: 'Automatique suit le système.',
  colours: { light: 'Clair', dark: 'Sombre', auto: 'Automatique' },
  firstStepsTitle: 'Premiers pas',
  firstStepsText: "Le chemin du premier webhook au premier événement livré, en haut de la vue d'ensemble.",
  showFirstSteps: 'Afficher les premiers pas',
  version: 'Version',
  uptime: 'En marche depuis',
  intake: 'Événements',
  intakes: {
    open: 'sont acceptés',
    disk: 'sont refusés : le disque est presque plein',
    backlog: 'sont refusés : trop de livraisons sont en attente',
    stopped: "sont refusés : le stockage n'accepte pas d'écriture",
  },
  store: 'Stockage',
  storeText: '{kind}, schéma {schema}, {size}',
  diskText: '{free} libres sur {total}, {used} utilisés',
  diskElsewhere: "Le disque est celui de la base de données et n'est pas connu ici.",
  standbys: {
    synchronous:
      "Ce qui a reçu la réponse 202 survit à la perte du serveur primaire : un serveur de secours synchrone l'a aussi.",
    missing: "Un serveur de secours synchrone manque : les écritures l'attendent.",
    asynchronous:
      "Ce qui a reçu la réponse 202 peut être perdu avec le serveur primaire : un serveur de secours suit, mais les écritures ne l'attendent pas.",
    none: "Ce qui a reçu la réponse 202 peut être perdu avec le serveur primaire : aucun serveur de secours n'est connecté.",
  },
  clockAhead:
    'L’horloge avance de {ahead} sur celles de {n} destinataires. Réglez-la, sinon ce qui est envoyé est tenu pour faux.',
  clockBehind:
    'L’horloge retarde de {ahead} sur celles de {n} destinataires. Réglez-la, sinon ce qui est envoyé est tenu pour faux.',
  nodes: 'Nœuds',
  nodesText: 'Les processus qui travaillent avec ce stockage.',
  node: 'Nœud',
  startedAt: 'Démarré',
  seenAt: 'Vu pour la dernière fois',
  readOn: 'Pour en savoir plus',
  apiPage: "Page de l'API",
  apiPageText: 'tous les appels, avec des exemples et les motifs de refus',
  openApiText: 'la même chose pour les machines',
};

export default texts;
