import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Налаштування',
  sectionsLabel: 'Розділи налаштувань',
  sections: {
    users: 'Користувачі',
    keys: 'Ключі API',
    audit: 'Журнал аудиту',
    general: 'Ця консоль',
    about: 'Про систему',
  },
  languageTitle: 'Мова',
  languageText: 'Зокрема мова назв подій. Зберігається в цьому браузері.',
  coloursTitle: 'Кольори',
  coloursText: 'Автоматично — як у системі.',
  colours: { light: 'Світлі', dark: 'Темні', auto: 'Автоматично' },
  firstStepsTitle: 'Перші кроки',
  firstStepsText: 'Шлях від першого вебхука до першої доставленої події, вгорі огляду.',
  showFirstSteps: 'Показати перші кроки',
  version: 'Версія',
  uptime: 'Працює',
  intake: 'Події',
  intakes: {
    open: 'приймаються',
    disk: 'відхиляються: диск майже заповнений',
    backlog: 'відхиляються: накопичилося забагато недоставленого',
    stopped: 'відхиляються: сховище недоступне для запису',
  },
  store: 'Сховище',
  storeText: '{kind}, схема {schema}, {size}',
  diskText: 'Вільно {free} з {total}, зайнято {used}',
  diskElsewhere: 'Диск належить базі даних, тут про нього нічого не відомо.',
  nodes: 'Вузли',
  nodesText: 'Процеси, що працюють із цим сховищем.',
  node: 'Вузол',
  startedAt: 'Запущено',
  seenAt: 'Останній відгук',
  readOn: 'Читати далі',
  apiPage: 'Сторінка API',
  apiPageText: 'усі виклики з прикладами та причинами відмов',
  openApiText: 'те саме для програм',
};

export default texts;
