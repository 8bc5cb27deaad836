import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Oversigt',
  successRate: 'Succesrate',
  delivered: 'Leveret',
  failed: 'Mislykket',
  retrying: 'Prøves igen',
};

export default texts;
