import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Teslimat {id}',
  unknown: 'Bilinmeyen teslimat',
  unknownText: 'Böyle bir teslimat yok; uzun zaman önce bitenler saklanmaz.',
  back: 'Tüm teslimatlar',
  event: 'Olay {id}',
  allOfEvent: 'Bu olayın tüm teslimatları',
  isTest: 'bir test; kimseye borçlu olunmaz',
  timeline: 'Akış',
  accepted: 'Kabul edildi',
  earlier: { one: 'Önceki {n} denemeyi göster', other: 'Önceki {n} denemeyi göster' },
  attempt: 'Deneme {n}',
  nextAttempt: 'Sonraki deneme',
  now: 'şimdi',
  in: '{time} sonra',
  waits: 'Sırasını bekliyor',
  isHeld: "Tutuluyor: webhook'u şu anda deneme kabul etmiyor",
  whyHeld: "webhook'u hata veriyor ya da devre dışı",
  ended: 'Sonuç: {status}',
  reasons: {
    success: 'başarılı',
    'retries-exhausted': 'yeniden deneme hakkı kalmadı',
    'receiver-gone': 'alıcı artık bulunmadığını bildirdi (410)',
    'webhook-deleted': "webhook'u silindi",
    'cancelled-by-user': 'biri iptal etti',
    'held-too-long': "webhook'u çok uzun süre kapalı kaldı",
    'too-old': "webhook'unun izin verdiğinden eski",
    test: 'test bir kez denenir',
  },
  resend: 'Yeniden gönder',
  sendNow: 'Şimdi gönder',
  sent: 'Yola çıktı.',
  cancel: 'İptal et',
  keep: 'Vazgeç',
  cancelTitle: 'Bu teslimat iptal edilsin mi?',
  cancelText: 'Bir daha denenmez. Daha sonra yeniden gönderilebilir.',
  cancelConfirm: 'Teslimatı iptal et',
  cancelled: 'Teslimat iptal edildi.',
};

export default texts;
