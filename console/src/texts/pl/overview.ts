import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Przegląd',
  successRate: 'Skuteczność',
  delivered: 'Dostarczone',
  failed: 'Nieudane',
  retrying: 'Ponawiane',
};

export default texts;
