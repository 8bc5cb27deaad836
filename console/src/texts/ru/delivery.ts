import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Доставка {id}',
  unknown: 'Неизвестная доставка',
  unknownText: 'Такой доставки нет; давно завершённые доставки не хранятся.',
  back: 'Все доставки',
  event: 'Событие {id}',
  allOfEvent: 'Все доставки этого события',
  isTest: 'проверка, она никому не причитается',
  timeline: 'Ход доставки',
  accepted: 'Принято',
  earlier: {
    one: 'Показать ещё {n} предыдущую попытку',
    few: 'Показать ещё {n} предыдущие попытки',
    many: 'Показать ещё {n} предыдущих попыток',
    other: 'Показать ещё {n} предыдущих попыток',
  },
  attempt: 'Попытка {n}',
  nextAttempt: 'Следующая попытка',
  now: 'сейчас',
  in: 'через {time}',
  waits: 'Ждёт своей очереди',
  isHeld: 'Удержана: её вебхук сейчас не принимает попыток',
  whyHeld: 'её вебхук даёт сбои или выключен',
  ended: 'Итог: {status}',
  reasons: {
    success: 'успешно',
    'retries-exhausted': 'повторы исчерпаны',
    'receiver-gone': 'получатель сообщил, что его больше нет (410)',
    'webhook-deleted': 'вебхук удалён',
    'cancelled-by-user': 'отменена пользователем',
    'held-too-long': 'вебхук был выключен слишком долго',
    'too-old': 'стала старше, чем допускает вебхук',
    test: 'проверка отправляется один раз',
  },
  resend: 'Отправить снова',
  sendNow: 'Отправить сейчас',
  sent: 'Отправляется.',
  cancel: 'Отменить',
  keep: 'Оставить',
  cancelTitle: 'Отменить эту доставку?',
  cancelText: 'Больше попыток не будет. Позже её можно отправить снова.',
  cancelConfirm: 'Отменить доставку',
  cancelled: 'Доставка отменена.',
};

export default texts;
