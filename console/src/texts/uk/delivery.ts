import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Доставка {id}',
  unknown: 'Невідома доставка',
  unknownText: 'Такої доставки немає; давно завершені доставки не зберігаються.',
  back: 'Усі доставки',
  event: 'Подія {id}',
  allOfEvent: 'Усі доставки цієї події',
  isTest: 'перевірка, вона нікому не належить',
  timeline: 'Перебіг доставки',
  accepted: 'Прийнято',
  earlier: {
    one: 'Показати ще {n} попередню спробу',
    few: 'Показати ще {n} попередні спроби',
    many: 'Показати ще {n} попередніх спроб',
    other: 'Показати ще {n} попередніх спроб',
  },
  attempt: 'Спроба {n}',
  nextAttempt: 'Наступна спроба',
  now: 'зараз',
  in: 'через {time}',
  waits: 'Чекає своєї черги',
  isHeld: 'Утримується: її вебхук зараз не приймає спроб',
  whyHeld: 'її вебхук дає збої або вимкнений',
  ended: 'Підсумок: {status}',
  reasons: {
    success: 'успішно',
    'retries-exhausted': 'повтори вичерпано',
    'receiver-gone': 'отримувач повідомив, що його більше немає (410)',
    'webhook-deleted': 'вебхук видалено',
    'cancelled-by-user': 'скасовано користувачем',
    'held-too-long': 'вебхук був вимкнений надто довго',
    'too-old': 'стала старішою, ніж дозволяє вебхук',
    test: 'перевірка надсилається один раз',
  },
  resend: 'Надіслати знову',
  sendNow: 'Надіслати зараз',
  sent: 'Надсилається.',
  cancel: 'Скасувати',
  keep: 'Залишити',
  cancelTitle: 'Скасувати цю доставку?',
  cancelText: 'Більше спроб не буде. Пізніше її можна надіслати знову.',
  cancelConfirm: 'Скасувати доставку',
  cancelled: 'Доставку скасовано.',
};

export default texts;
