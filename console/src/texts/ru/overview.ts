import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Обзор',
  successRate: 'Доля успешных',
  delivered: 'Доставлено',
  failed: 'Не доставлено',
  retrying: 'Повторяется',
};

export default texts;
