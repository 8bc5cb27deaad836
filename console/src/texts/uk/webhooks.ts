import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Вебхуки',
  none: 'Вебхуків ще немає.',
  statuses: { active: 'увімкнено', disabled: 'вимкнено' },
};

export default texts;
