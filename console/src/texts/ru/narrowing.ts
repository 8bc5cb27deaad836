import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Фильтры',
  filtersSet: 'Фильтры ({n})',
  clear: 'Сбросить фильтры',
  clearOne: 'Сбросить',
  webhook: 'Вебхук',
  chooseWebhook: 'Выберите вебхук',
  type: 'Тип события',
  status: 'Состояние',
  source: 'Источник',
  sourcePlaceholder: 'Любая панель',
  event: 'Номер события',
  eventPlaceholder: 'Любой',
  wrongEvent: 'Целое число, например 45',
  time: 'Время',
  periods: {
    any: 'За всё время',
    '1h': 'Последний час',
    '24h': 'Последние 24 часа',
    '7d': 'Последние 7 дней',
    '30d': 'Последние 30 дней',
    custom: 'С … по …',
  },
  from: 'С',
  to: 'По',
  wrongTimes: 'Конец должен быть позже начала',
  unmatched: 'Без подписчика',
  nothingFound: 'Ничего не найдено',
  categories: { access: 'Доступ', emergency: 'Тревога', info: 'Информация', system: 'Система' },
  live: 'Обновлять',
  waiting: {
    one: '{n} новая запись появится, когда вы уйдёте со списка',
    few: '{n} новые записи появятся, когда вы уйдёте со списка',
    many: '{n} новых записей появятся, когда вы уйдёте со списка',
    other: '{n} новых записей появятся, когда вы уйдёте со списка',
  },
  showNew: {
    one: 'Показать {n} новую запись',
    few: 'Показать {n} новые записи',
    many: 'Показать {n} новых записей',
    other: 'Показать {n} новых записей',
  },
};

export default texts;
