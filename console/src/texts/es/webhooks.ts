import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Webhooks',
  none: 'Todavía no hay webhooks.',
  statuses: { active: 'activo', disabled: 'desactivado' },
};

export default texts;
