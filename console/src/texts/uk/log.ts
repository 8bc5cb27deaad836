import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Журнал',
  text: 'Що відбувалося біля дверей, за часом події, як показує панель.',
  columns: { category: 'Категорія', text: 'Що сталося', who: 'Людина або номер', time: 'Час' },
  entries: { one: '{n} запис', few: '{n} записи', many: '{n} записів', other: '{n} записів' },
  none: 'Журнал порожній. Клієнт, який очищує журнал цього облікового запису, очищує його й тут; у «Подіях» є все.',
  toEvents: 'До подій',
  nothingMatches: 'Під ці фільтри не підходить жоден запис.',
};

export default texts;
