import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Webhooks',
  none: 'Der er endnu ingen webhooks.',
  statuses: { active: 'aktiv', disabled: 'deaktiveret' },
};

export default texts;
