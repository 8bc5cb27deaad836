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
  showAll: 'Afficher les {n} caractères',
  copyCurl: 'Copier en curl',
  copied: 'Copié',
} satisfies Translated<typeof en>;
