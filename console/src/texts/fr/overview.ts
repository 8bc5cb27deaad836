import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: "Vue d'ensemble",
  successRate: 'Taux de réussite',
  delivered: 'Livrées',
  failed: 'Échouées',
  retrying: 'Relancées',
};

export default texts;
