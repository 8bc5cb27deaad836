import type en from '../en/first-run.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Premiers pas',
  text: "Trois étapes jusqu'au premier événement livré. Elles prennent moins d'une minute.",
  hide: 'Masquer',
  close: 'Fermer',
  stepDone: 'terminé',
  whereTitle: 'Où les événements doivent-ils aller ?',
  whereText:
    "L'URL du programme à prévenir. Il reçoit tous les types d'événement, signés avec un nouveau secret ; les deux peuvent être modifiés plus tard.",
  url: 'URL du destinataire',
  create: 'Créer le webhook',
  change: 'Modifier',
  secret: 'Secret',
  secretText: 'Le destinataire vérifie les signatures avec ce secret :',
  noReceiver: 'Pas de destinataire sous la main ?',
  receiverText:
    "Cette ligne en démarre un sur le port 9000 d'une machine avec Node ; il affiche ce qui arrive. Son URL est alors http://<adresse de cette machine>:9000.",
  receiverLine: 'destinataire',
  loopbackText:
    "Les adresses du serveur lui-même, comme 127.0.0.1 et localhost, sont refusées pour que personne n'atteigne ce qui ne lui est pas destiné. Pour les permettre le temps d'un essai, démarrez Latchhook avec ce réglage :",
  allowLine: 'démarrage avec le réglage',
  demoText: 'Ou suivez tout le chemin avec un bâtiment simulé, à part de ce serveur :',
  demoLine: 'démonstration',
  testTitle: 'Envoyez un test',
  testText:
    'Une seule requête, tout de suite, par le même chemin que tout événement. Vous voyez ce qui a été envoyé et répondu.',
  sendTest: 'Envoyer un test',
  sendAgain: 'Renvoyer',
  changeWebhook: 'Modifier le webhook',
  reportTitle: 'Laissez les platines signaler',
  reportText:
    "Une platine, ou tout autre programme, signale des événements avec une clé d'API. Créez-en une et lancez la ligne qui l'accompagne, ou signalez un événement de test d'ici.",
  makeKey: 'Créer une clé',
  keyName: 'platines',
  reportHere: 'Signaler un événement de test',
  waiting: 'En attente du premier événement…',
  arrived: "L'événement est arrivé chez le destinataire. C'est tout.",
  notYet:
    "L'événement est accepté et sera envoyé jusqu'à son arrivée. Sa page dit ce que le destinataire répond.",
};

export default texts;
