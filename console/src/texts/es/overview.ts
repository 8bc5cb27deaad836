import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Resumen',
  successRate: 'Tasa de éxito',
  delivered: 'Entregados',
  failed: 'Fallidos',
  retrying: 'Reintentando',
};

export default texts;
