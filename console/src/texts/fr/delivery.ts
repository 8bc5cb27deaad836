import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Livraison {id}',
  unknown: 'Livraison inconnue',
  unknownText:
    "Cette livraison n'existe pas ; celles qui sont terminées depuis longtemps ne sont pas conservées.",
  back: 'Toutes les livraisons',
  event: 'Événement {id}',
  allOfEvent: 'Toutes les livraisons de cet événement',
  isTest: "un test, qui n'est dû à personne",
  timeline: 'Déroulement',
  accepted: 'Accepté',
  earlier: { one: 'Afficher {n} tentative précédente', other: 'Afficher {n} tentatives précédentes' },
  attempt: 'Tentative {n}',
  nextAttempt: 'Prochaine tentative',
  now: 'maintenant',
  in: 'dans {time}',
  waits: 'Attend son tour',
  isHeld: "Retenue : son webhook n'accepte pas de tentatives pour l'instant",
  whyHeld: 'son webhook échoue ou est désactivé',
  ended: 'Terminée : {status}',
  reasons: {
    success: 'réussie',
    'retries-exhausted': 'plus aucune relance possible',
    'receiver-gone': "le destinataire a dit qu'il n'existe plus (410)",
    'webhook-deleted': 'son webhook a été supprimé',
    'cancelled-by-user': "quelqu'un l'a annulée",
    'held-too-long': 'son webhook est resté désactivé trop longtemps',
    'too-old': "elle a dépassé l'âge que son webhook permet",
    test: "un test n'est tenté qu'une fois",
  },
  resend: 'Renvoyer',
  sendNow: 'Envoyer maintenant',
  sent: 'Elle est en route.',
  cancel: 'Annuler',
  keep: 'La garder',
  cancelTitle: 'Annuler cette livraison ?',
  cancelText: 'Aucune autre tentative ne sera faite. Elle pourra être renvoyée plus tard.',
  cancelConfirm: 'Annuler la livraison',
  cancelled: 'La livraison est annulée.',
};

export default texts;
