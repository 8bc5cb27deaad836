import type en from '../en/resends.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Toplu gönderimler',
  button: 'Toplu yeniden gönder',
  dialogTitle: 'Birçok teslimatı yeniden gönder',
  webhooks: "Hangi webhook'lara",
  chooseWebhook: 'En az bir webhook seçin.',
  chooseEnd: 'En az bir sonuç seçin.',
  what: 'Gönderilecekler',
  modes: {
    deliveries: 'Sona ermiş teslimatlar',
    events: "Olaylar; webhook'a hiç borçlu olunmayanlar da",
  },
  eventsText: 'Yeni veya aboneliği genişleyen bir webhook için. Zaten aldıkları yeniden gönderilir.',
  ended: 'Sonucu',
  allTypes: 'Tüm olay türleri',
  types: 'Olay türleri: {names}',
  allSources: 'Tüm kaynaklar',
  sources: 'Kaynaklar: {names}',
  from: 'Başlangıç: {time}',
  until: 'Bitiş: {time}',
  anyTime: 'Tüm zamanlar',
  notByEvent: 'Filtredeki olay numarası burada geçerli değildir.',
  counting: 'Sayılıyor …',
  nothing: 'Uyan bir şey yok.',
  count: { one: '{n} teslimat yeniden gönderilecek.', other: '{n} teslimat yeniden gönderilecek.' },
  countEvents: { one: '{n} olay gönderilecek.', other: '{n} olay gönderilecek.' },
  start: 'Gönder',
  startMany: '{n} tanesini gönder',
  to: '{url} adresine gönderim',
  states: { running: 'sürüyor', done: 'bitti', cancelled: 'durduruldu' },
  progress: '{done} / {total}',
  skipped: '{n} atlandı',
  started: 'başlangıç {time}, {who}',
  cancel: 'Durdur',
  earlier: 'Önceki toplu gönderimler',
};

export default texts;
