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
  unrecorded: 'Bu gönderimde başlıklar kaydedilmedi.',
  resent:
    'İki kez gönderildi: alıcı açık bağlantıyı yanıt vermeden kapattı, istek hemen yeni bir bağlantıyla yeniden gönderildi. Alıcı onu iki kez görmüş olabilir.',
  note: 'Durum kodu başarı bildirdiği için yine de teslim edildi. Yanıtın geri kalanındaki sorun:',
  showAll: '{n} karakterin tamamını göster',
  copyCurl: 'curl olarak kopyala',
  copied: 'Kopyalandı',
} satisfies Translated<typeof en>;
