import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Массовые отправки',
  button: 'Массовая отправка',
  dialogTitle: 'Отправить снова много доставок',
  webhooks: 'Каким вебхукам',
  chooseWebhook: 'Выберите хотя бы один вебхук.',
  chooseEnd: 'Выберите хотя бы один итог.',
  what: 'Что отправить',
  modes: {
    deliveries: 'Завершённые доставки',
    events: 'События, в том числе те, что вебхуку не причитались',
  },
  eventsText:
    'Для нового вебхука или такого, который подписался на большее. То, что у него уже есть, уйдёт снова.',
  ended: 'С итогом',
  allTypes: 'Все типы событий',
  types: 'Типы событий: {names}',
  allSources: 'Все источники',
  sources: 'Источники: {names}',
  from: 'С {time}',
  until: 'По {time}',
  anyTime: 'За всё время',
  notByEvent: 'Номер события из фильтра здесь не учитывается.',
  counting: 'Считаем …',
  nothing: 'Ничего не подходит.',
  count: {
    one: 'Снова будет отправлена {n} доставка.',
    few: 'Снова будут отправлены {n} доставки.',
    many: 'Снова будет отправлено {n} доставок.',
    other: 'Снова будет отправлено {n} доставок.',
  },
  countEvents: {
    one: 'Будет отправлено {n} событие.',
    few: 'Будут отправлены {n} события.',
    many: 'Будет отправлено {n} событий.',
    other: 'Будет отправлено {n} событий.',
  },
  start: 'Отправить',
  startMany: 'Отправить: {n}',
  to: 'Отправка на {url}',
  states: { running: 'идёт', done: 'завершена', cancelled: 'остановлена' },
  progress: '{done} из {total}',
  skipped: 'пропущено: {n}',
  started: 'начата {time}, {who}',
  cancel: 'Остановить',
  earlier: 'Прежние массовые отправки',
};

export default texts;
