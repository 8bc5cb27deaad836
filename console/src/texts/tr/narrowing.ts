import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Filtreler',
  filtersSet: 'Filtreler ({n})',
  clear: 'Filtreleri temizle',
  clearOne: 'Temizle',
  webhook: 'Webhook',
  chooseWebhook: 'Bir webhook seçin',
  type: 'Olay türü',
  status: 'Durum',
  source: 'Kaynak',
  sourcePlaceholder: 'Tüm paneller',
  event: 'Olay numarası',
  eventPlaceholder: 'Tümü',
  wrongEvent: '45 gibi bir tam sayı',
  time: 'Zaman',
  periods: {
    any: 'Tüm zamanlar',
    '1h': 'Son bir saat',
    '24h': 'Son 24 saat',
    '7d': 'Son 7 gün',
    '30d': 'Son 30 gün',
    custom: 'Başlangıç … bitiş …',
  },
  from: 'Başlangıç',
  to: 'Bitiş',
  wrongTimes: 'Bitiş, başlangıçtan sonra olmalı',
  unmatched: 'Abonesi olmayan',
  nothingFound: 'Bir şey bulunamadı',
  categories: { access: 'Erişim', emergency: 'Acil durum', info: 'Bilgi', system: 'Sistem' },
  live: 'Canlı',
  waiting: {
    one: '{n} yeni kayıt var; listeden ayrılınca gösterilir',
    other: '{n} yeni kayıt var; listeden ayrılınca gösterilir',
  },
  showNew: { one: '{n} yeni kaydı göster', other: '{n} yeni kaydı göster' },
};

export default texts;
