import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Доставки',
  text: 'Каждое событие, которое причитается вебхуку, и что с ним стало.',
  columns: {
    status: 'Состояние',
    event: 'Событие',
    webhook: 'Вебхук',
    attempts: 'Последний ответ',
    accepted: 'Принято',
    next: 'Следующая попытка',
    actions: 'Действия',
  },
  eventNumber: '№ {id}',
  test: 'проверка',
  noAttempts: 'попыток ещё не было',
  noAnswer: 'нет ответа',
  attempt: 'попытка {n} из {most}',
  none: 'Пока ничего не доставлялось. Как только панель сообщит о событии, на которое подписан вебхук, оно появится здесь.',
  toWebhooks: 'К вебхукам',
  nothingMatches: 'Под эти фильтры не подходит ни одна доставка.',
};

export default texts;
