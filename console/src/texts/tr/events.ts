import type en from '../en/events.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Olaylar',
  text: "Panellerin bildirdiği her şey; hiçbir webhook'un istemedikleri de.",
  columns: {
    category: 'Kategori',
    event: 'Olay',
    source: 'Kaynak',
    who: 'Kişi veya numara',
    deliveries: 'Teslimatlar',
    happened: 'Gerçekleşti',
  },
  number: 'no. {id}',
  unmatched: 'abone yok',
  deliveryCount: { one: '{n} teslimat', other: '{n} teslimat' },
  none: 'Henüz hiçbir panel bir şey bildirmedi. Olaylar bu çağrıyla ve bir API anahtarıyla gelir:',
  toDocs: 'Olay nasıl bildirilir',
  nothingMatches: 'Bu filtrelere uyan olay yok.',
  oneTitle: 'Olay {id}',
  event: 'Olay',
  unknown: 'Bilinmeyen olay',
  unknownText: 'Böyle bir olay yok; eskiler saklanmaz.',
  back: 'Tüm olaylar',
  facts: {
    type: 'Olay türü',
    source: 'Kaynak',
    happened: 'Gerçekleşti',
    accepted: 'Kabul edildi',
    data: 'Veri',
  },
  unmatchedText:
    'Kabul edildiğinde hiçbir webhook bu olay türüne abone değildi; bu yüzden kimseye borçlu olunmuyor.',
  toWebhooks: "Webhook'lara git",
};

export default texts;
