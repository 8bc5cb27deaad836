import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'İstek',
  answer: 'Yanıt',
  headers: 'Başlıklar',
  body: 'Gövde',
  empty: 'boş',
  noAnswer: 'Yanıt gelmedi.',
  masked: 'Kendi başlıklarınızın değerleri gizlidir.',
  showAll: '{n} karakterin tamamını göster',
  copyCurl: 'curl olarak kopyala',
  copied: 'Kopyalandı',
} satisfies Translated<typeof en>;
