import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Günlük',
  text: 'Kapılarda olup bitenler, bir panelin gösterdiği gibi gerçekleşme sırasıyla.',
  columns: { category: 'Kategori', text: 'Ne oldu', who: 'Kişi veya numara', time: 'Zaman' },
  entries: { one: '{n} kayıt', other: '{n} kayıt' },
  none: 'Günlük boş. Bu hesabın günlüğünü temizleyen bir istemci onu burada da temizler; Olaylar sayfasında her şey vardır.',
  toEvents: 'Olaylara git',
  nothingMatches: 'Bu filtrelere uyan kayıt yok.',
};

export default texts;
