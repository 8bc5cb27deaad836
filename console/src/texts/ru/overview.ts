import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Обзор',
  period: 'Период',
  periods: {
    hour: '1 час',
    day: '24 часа',
    week: '7 дней',
    month: '30 дней',
  },
  lastMinute: 'За последнюю минуту: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} событие',
    few: '{n} события',
    many: '{n} событий',
    other: '{n} события',
  },
  deliveredOut: {
    one: '{n} доставлено',
    other: '{n} доставлено',
  },
  failedAttempts: {
    one: '{n} неудачная попытка',
    few: '{n} неудачные попытки',
    many: '{n} неудачных попыток',
    other: '{n} неудачной попытки',
  },
  successRate: 'Доля успешных',
  delivered: 'Доставлено',
  failed: 'Не доставлено',
  retrying: 'Повторяется',
  open: 'Открыто',
  heldNow: 'Удержано сейчас',
  latency: 'Задержка, медиана',
  latencyTail: '95 из 100 за {p95}',
  nothingDelivered: 'Ничего не доставлено.',
  overTime: 'Доставки во времени',
  overTimeLabel: 'Доставки во времени: доставлено {delivered}, не доставлено {failed}, открыто {open}',
  latencyOverTime: 'Задержка во времени',
  latencyLabel: 'Задержка во времени: половина за {p50}, 95 из 100 за {p95}, 99 из 100 за {p99}',
  p50: 'Медиана',
  p95: '95 из 100',
  byEventType: 'По типам событий',
  eventType: 'Тип события',
  nothingYet: 'За это время доставлять было нечего.',
  webhooksByHealth: 'Вебхуки по состоянию',
  allWebhooks: 'Все вебхуки',
  health: {
    healthy: 'Исправны',
    open: 'Сбои',
    draining: 'Навёрстывают',
    disabled: 'Выключены',
  },
  noneFails: 'Ни один вебхук не сбоит.',
  allFailing: 'Все сбоящие',
  andMore: '{n} и более',
};

export default texts;
