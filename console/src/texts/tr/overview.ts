import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Genel bakış',
  successRate: 'Başarı oranı',
  delivered: 'Teslim edilen',
  failed: 'Başarısız',
  retrying: 'Yeniden denenen',
};

export default texts;
