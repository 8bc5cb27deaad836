import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Log',
  text: 'Hvad der skete ved dørene, efter hvornår det skete, som et panel viser det.',
  columns: { category: 'Kategori', text: 'Hvad der skete', who: 'Person eller nummer', time: 'Tid' },
  entries: { one: '{n} linje', other: '{n} linjer' },
  none: 'Loggen er tom. Et program, der rydder denne kontos log, rydder den også her; under Hændelser står alt.',
  toEvents: 'Gå til hændelser',
  nothingMatches: 'Ingen linje passer til disse filtre.',
};

export default texts;
