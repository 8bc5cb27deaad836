import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Requête',
  answer: 'Réponse',
  headers: 'En-têtes',
  body: 'Corps',
  empty: 'vide',
  noAnswer: 'Aucune réponse reçue.',
  masked: 'Les valeurs de vos propres en-têtes sont masquées.',
  unrecorded: 'Les en-têtes n’ont pas été enregistrés lors de cet envoi.',
  resent:
    'Envoyée deux fois : le destinataire a fermé la connexion ouverte sans répondre, la requête est donc repartie aussitôt sur une nouvelle. Le destinataire a pu la voir deux fois.',
  note: 'Livré malgré tout, car le statut est un succès. Ce qui n’allait pas dans le reste de la réponse :',
  showAll: 'Afficher les {n} caractères',
  copyCurl: 'Copier en curl',
  copied: 'Copié',
} satisfies Translated<typeof en>;
