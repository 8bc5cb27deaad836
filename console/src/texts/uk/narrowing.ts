import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Фільтри',
  filtersSet: 'Фільтри ({n})',
  clear: 'Скинути фільтри',
  clearOne: 'Скинути',
  webhook: 'Вебхук',
  chooseWebhook: 'Виберіть вебхук',
  type: 'Тип події',
  status: 'Стан',
  source: 'Джерело',
  sourcePlaceholder: 'Будь-яка панель',
  event: 'Номер події',
  eventPlaceholder: 'Будь-який',
  wrongEvent: 'Ціле число, наприклад 45',
  time: 'Час',
  periods: {
    any: 'За весь час',
    '1h': 'Остання година',
    '24h': 'Останні 24 години',
    '7d': 'Останні 7 днів',
    '30d': 'Останні 30 днів',
    custom: 'Від … до …',
  },
  from: 'Від',
  to: 'До',
  wrongTimes: 'Кінець має бути пізніше за початок',
  unmatched: 'Без підписника',
  nothingFound: 'Нічого не знайдено',
  categories: { access: 'Доступ', emergency: 'Тривога', info: 'Інформація', system: 'Система' },
  live: 'Оновлювати',
  waiting: {
    one: '{n} новий запис з’явиться, коли ви залишите список',
    few: '{n} нові записи з’являться, коли ви залишите список',
    many: '{n} нових записів з’являться, коли ви залишите список',
    other: '{n} нових записів з’являться, коли ви залишите список',
  },
  showNew: {
    one: 'Показати {n} новий запис',
    few: 'Показати {n} нові записи',
    many: 'Показати {n} нових записів',
    other: 'Показати {n} нових записів',
  },
};

export default texts;
