import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Webhooks',
  none: 'Er zijn nog geen webhooks.',
  statuses: { active: 'actief', disabled: 'uitgeschakeld' },
};

export default texts;
