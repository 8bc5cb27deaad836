import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Масові надсилання',
  button: 'Масове надсилання',
  dialogTitle: 'Надіслати знову багато доставок',
  webhooks: 'Яким вебхукам',
  chooseWebhook: 'Виберіть хоча б один вебхук.',
  chooseEnd: 'Виберіть хоча б один підсумок.',
  what: 'Що надіслати',
  modes: {
    deliveries: 'Завершені доставки',
    events: 'Події, зокрема й ті, що вебхуку не належали',
  },
  eventsText:
    'Для нового вебхука або такого, що підписався на більше. Те, що він уже має, буде надіслано знову.',
  ended: 'З підсумком',
  allTypes: 'Усі типи подій',
  types: 'Типи подій: {names}',
  allSources: 'Усі джерела',
  sources: 'Джерела: {names}',
  from: 'Від {time}',
  until: 'До {time}',
  anyTime: 'За весь час',
  notByEvent: 'Номер події з фільтра тут не враховується.',
  counting: 'Рахуємо …',
  nothing: 'Нічого не підходить.',
  count: {
    one: 'Знову буде надіслано {n} доставку.',
    few: 'Знову буде надіслано {n} доставки.',
    many: 'Знову буде надіслано {n} доставок.',
    other: 'Знову буде надіслано {n} доставок.',
  },
  countEvents: {
    one: 'Буде надіслано {n} подію.',
    few: 'Буде надіслано {n} події.',
    many: 'Буде надіслано {n} подій.',
    other: 'Буде надіслано {n} подій.',
  },
  start: 'Надіслати',
  startMany: 'Надіслати: {n}',
  to: 'Надсилання на {url}',
  states: { running: 'триває', done: 'завершено', cancelled: 'зупинено' },
  progress: '{done} з {total}',
  skipped: 'пропущено: {n}',
  started: 'розпочато {time}, {who}',
  cancel: 'Зупинити',
  earlier: 'Попередні масові надсилання',
};

export default texts;
