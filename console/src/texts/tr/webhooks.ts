import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: "Webhook'lar",
  none: 'Henüz webhook yok.',
  statuses: { active: 'etkin', disabled: 'devre dışı' },
};

export default texts;
