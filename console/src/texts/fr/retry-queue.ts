import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'File de relance',
  text: 'Livraisons dont la dernière tentative a échoué et qui seront relancées, la prochaine en premier.',
  none: "Rien n'attend de relance : ce qui n'a pas pu être livré aussitôt l'a été depuis, ou est terminé.",
  noneButHeld: {
    one: "Rien n'est relancé pour l'instant, mais {n} livraison est retenue : son webhook échoue ou est désactivé.",
    other:
      "Rien n'est relancé pour l'instant, mais {n} livraisons sont retenues : leurs webhooks échouent ou sont désactivés.",
  },
  left: 'sortie de la file',
  held: 'Afficher ce qui est retenu',
};

export default texts;
