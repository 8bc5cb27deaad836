import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Journal',
  text: "Ce qui s'est passé aux portes, par ordre chronologique, comme le montre une platine.",
  columns: { category: 'Catégorie', text: "Ce qui s'est passé", who: 'Personne ou numéro', time: 'Heure' },
  entries: { one: '{n} entrée', other: '{n} entrées' },
  none: "Le journal est vide. Un client qui efface le journal de ce compte l'efface ici aussi ; les Événements ont tout.",
  toEvents: 'Aller aux événements',
  nothingMatches: 'Aucune entrée ne correspond à ces filtres.',
};

export default texts;
