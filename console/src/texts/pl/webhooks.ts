import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Webhooki',
  none: 'Nie ma jeszcze webhooków.',
  statuses: { active: 'aktywny', disabled: 'wyłączony' },
};

export default texts;
