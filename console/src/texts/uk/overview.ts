import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Огляд',
  successRate: 'Частка успішних',
  delivered: 'Доставлено',
  failed: 'Не доставлено',
  retrying: 'Повторюється',
};

export default texts;
