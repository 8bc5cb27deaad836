import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Огляд',
  period: 'Період',
  periods: {
    hour: '1 година',
    day: '24 години',
    week: '7 днів',
    month: '30 днів',
  },
  lastMinute: 'За останню хвилину: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} подія',
    few: '{n} події',
    many: '{n} подій',
    other: '{n} події',
  },
  deliveredOut: {
    one: '{n} доставлено',
    other: '{n} доставлено',
  },
  failedAttempts: {
    one: '{n} невдала спроба',
    few: '{n} невдалі спроби',
    many: '{n} невдалих спроб',
    other: '{n} невдалої спроби',
  },
  successRate: 'Частка успішних',
  delivered: 'Доставлено',
  failed: 'Не доставлено',
  retrying: 'Повторюється',
  open: 'Відкрито',
  heldNow: 'Утримано зараз',
  latency: 'Затримка, медіана',
  latencyTail: '95 зі 100 за {p95}',
  nothingDelivered: 'Нічого не доставлено.',
  overTime: 'Доставки в часі',
  overTimeLabel: 'Доставки в часі: доставлено {delivered}, не доставлено {failed}, відкрито {open}',
  latencyOverTime: 'Затримка в часі',
  latencyLabel: 'Затримка в часі: половина за {p50}, 95 зі 100 за {p95}, 99 зі 100 за {p99}',
  p50: 'Медіана',
  p95: '95 зі 100',
  byEventType: 'За типами подій',
  eventType: 'Тип події',
  nothingYet: 'За цей час доставляти було нічого.',
  webhooksByHealth: 'Вебхуки за станом',
  allWebhooks: 'Усі вебхуки',
  health: {
    healthy: 'Справні',
    open: 'Збої',
    draining: 'Надолужують',
    disabled: 'Вимкнено',
  },
  noneFails: 'Жоден вебхук не дає збоїв.',
  allFailing: 'Усі зі збоями',
  andMore: '{n} і більше',
};

export default texts;
