import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Overzicht',
  successRate: 'Succespercentage',
  delivered: 'Geleverd',
  failed: 'Mislukt',
  retrying: 'Opnieuw',
};

export default texts;
