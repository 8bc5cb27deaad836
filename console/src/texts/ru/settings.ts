import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Настройки',
  sectionsLabel: 'Разделы настроек',
  sections: {
    users: 'Пользователи',
    keys: 'Ключи API',
    audit: 'Журнал аудита',
    general: 'Эта консоль',
    about: 'О системе',
  },
  languageTitle: 'Язык',
  languageText: 'В том числе язык названий событий. Хранится в этом браузере.',
  coloursTitle: 'Цвета',
  coloursText: 'Автоматически — как в системе.',
  colours: { light: 'Светлые', dark: 'Тёмные', auto: 'Автоматически' },
  firstStepsTitle: 'Первые шаги',
  firstStepsText: 'Путь от первого вебхука до первого доставленного события, вверху обзора.',
  showFirstSteps: 'Показать первые шаги',
  version: 'Версия',
  uptime: 'Работает',
  intake: 'События',
  intakes: {
    open: 'принимаются',
    disk: 'отклоняются: диск почти заполнен',
    backlog: 'отклоняются: накопилось слишком много недоставленного',
    stopped: 'отклоняются: хранилище недоступно для записи',
  },
  store: 'Хранилище',
  storeText: '{kind}, схема {schema}, {size}',
  diskText: 'Свободно {free} из {total}, занято {used}',
  diskElsewhere: 'Диск находится на стороне базы данных, здесь о нём ничего не известно.',
  nodes: 'Узлы',
  nodesText: 'Процессы, которые работают с этим хранилищем.',
  node: 'Узел',
  startedAt: 'Запущен',
  seenAt: 'Последний отклик',
  readOn: 'Читать дальше',
  apiPage: 'Страница API',
  apiPageText: 'все вызовы с примерами и причинами отказов',
  openApiText: 'то же самое для программ',
};

export default texts;
