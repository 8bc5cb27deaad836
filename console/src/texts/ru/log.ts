import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Журнал',
  text: 'Что происходило у дверей, по времени события, как показывает панель.',
  columns: { category: 'Категория', text: 'Что произошло', who: 'Человек или номер', time: 'Время' },
  entries: { one: '{n} запись', few: '{n} записи', many: '{n} записей', other: '{n} записей' },
  none: 'Журнал пуст. Клиент, который очищает журнал этой учётной записи, очищает его и здесь; в «Событиях» есть всё.',
  toEvents: 'К событиям',
  nothingMatches: 'Под эти фильтры не подходит ни одна запись.',
};

export default texts;
