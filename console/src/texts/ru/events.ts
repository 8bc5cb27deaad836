import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'События',
  text: 'Всё, о чём сообщили панели, в том числе то, что не нужно ни одному вебхуку.',
  columns: {
    category: 'Категория',
    event: 'Событие',
    source: 'Источник',
    who: 'Человек или номер',
    deliveries: 'Доставки',
    happened: 'Произошло',
  },
  number: '№ {id}',
  unmatched: 'нет подписчика',
  deliveryCount: { one: '{n} доставка', few: '{n} доставки', many: '{n} доставок', other: '{n} доставок' },
  none: 'Ни одна панель пока ни о чём не сообщила. События поступают этим вызовом с ключом API:',
  toDocs: 'Как сообщить о событии',
  nothingMatches: 'Под эти фильтры не подходит ни одно событие.',
  oneTitle: 'Событие {id}',
  event: 'Событие',
  unknown: 'Неизвестное событие',
  unknownText: 'Такого события нет; старые события не хранятся.',
  back: 'Все события',
  facts: {
    type: 'Тип события',
    source: 'Источник',
    happened: 'Произошло',
    accepted: 'Принято',
    data: 'Данные',
  },
  unmatchedText:
    'Когда событие было принято, ни один вебхук не был подписан на этот тип, поэтому оно никому не причитается.',
  toWebhooks: 'К вебхукам',
};

export default texts;
