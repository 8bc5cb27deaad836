import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Logboek',
  text: 'Wat er bij de deuren gebeurde, op tijd van gebeuren, zoals een paneel het toont.',
  columns: { category: 'Categorie', text: 'Wat er gebeurde', who: 'Persoon of nummer', time: 'Tijd' },
  entries: { one: '{n} regel', other: '{n} regels' },
  none: 'Het logboek is leeg. Een programma dat het logboek van dit account wist, wist het ook hier; bij Gebeurtenissen staat alles.',
  toEvents: 'Naar gebeurtenissen',
  nothingMatches: 'Geen regel past bij deze filters.',
};

export default texts;
