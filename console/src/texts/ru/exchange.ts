import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Запрос',
  answer: 'Ответ',
  headers: 'Заголовки',
  body: 'Тело',
  empty: 'пусто',
  noAnswer: 'Ответ не пришёл.',
  masked: 'Значения ваших собственных заголовков скрыты.',
  unrecorded: 'Заголовки при этой отправке не были записаны.',
  resent:
    'Отправлено дважды: получатель закрыл открытое соединение без ответа, поэтому запрос сразу ушёл ещё раз по новому. Получатель мог увидеть его дважды.',
  showAll: 'Показать полностью, знаков: {n}',
  copyCurl: 'Копировать как curl',
  copied: 'Скопировано',
} satisfies Translated<typeof en>;
