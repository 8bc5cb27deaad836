import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Вебхуки',
  none: 'Вебхуков пока нет.',
  statuses: { active: 'включён', disabled: 'выключен' },
};

export default texts;
