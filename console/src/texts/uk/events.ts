import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Події',
  text: 'Усе, про що повідомили панелі, зокрема й те, що не потрібне жодному вебхуку.',
  columns: {
    category: 'Категорія',
    event: 'Подія',
    source: 'Джерело',
    who: 'Людина або номер',
    deliveries: 'Доставки',
    happened: 'Сталося',
  },
  number: '№ {id}',
  unmatched: 'немає підписника',
  deliveryCount: { one: '{n} доставка', few: '{n} доставки', many: '{n} доставок', other: '{n} доставок' },
  none: 'Жодна панель поки ні про що не повідомила. Події надходять цим викликом із ключем API:',
  toDocs: 'Як повідомити про подію',
  nothingMatches: 'Під ці фільтри не підходить жодна подія.',
  oneTitle: 'Подія {id}',
  event: 'Подія',
  unknown: 'Невідома подія',
  unknownText: 'Такої події немає; старі події не зберігаються.',
  back: 'Усі події',
  facts: {
    type: 'Тип події',
    source: 'Джерело',
    happened: 'Сталося',
    accepted: 'Прийнято',
    data: 'Дані',
  },
  unmatchedText:
    'Коли подію було прийнято, жоден вебхук не був підписаний на цей тип, тому вона нікому не належить.',
  toWebhooks: 'До вебхуків',
};

export default texts;
