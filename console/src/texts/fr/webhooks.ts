import type en from '../en/webhooks.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Webhooks',
  none: "Il n'y a pas encore de webhooks.",
  statuses: { active: 'actif', disabled: 'désactivé' },
};

export default texts;
