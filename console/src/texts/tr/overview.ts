import type en from '../en/overview.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Genel bakış',
  period: 'Dönem',
  periods: {
    hour: '1 saat',
    day: '24 saat',
    week: '7 gün',
    month: '30 gün',
  },
  lastMinute: 'Son dakikada: {events}, {delivered}, {failed}',
  eventsIn: {
    one: '{n} olay',
    other: '{n} olay',
  },
  deliveredOut: {
    one: '{n} teslim',
    other: '{n} teslim',
  },
  failedAttempts: {
    one: '{n} başarısız deneme',
    other: '{n} başarısız deneme',
  },
  successRate: 'Başarı oranı',
  delivered: 'Teslim edilen',
  failed: 'Başarısız',
  retrying: 'Yeniden denenen',
  open: 'Açık',
  heldNow: 'Şu an tutulan',
  latency: 'Gecikme, ortanca',
  latencyTail: "100'de 95'i {p95} içinde",
  nothingDelivered: 'Hiçbir şey teslim edilmedi.',
  overTime: 'Zaman içinde teslimatlar',
  overTimeLabel: 'Zaman içinde teslimatlar: {delivered} teslim edildi, {failed} başarısız, {open} açık',
  latencyOverTime: 'Zaman içinde gecikme',
  latencyLabel: "Zaman içinde gecikme: yarısı {p50}, 100'de 95'i {p95}, 100'de 99'u {p99} içinde",
  p50: 'Ortanca',
  p95: "100'de 95",
  byEventType: 'Olay türüne göre',
  eventType: 'Olay türü',
  nothingYet: 'Bu sürede teslim edilecek bir şey yoktu.',
  webhooksByHealth: "Sağlığına göre webhook'lar",
  allWebhooks: "Tüm webhook'lar",
  health: {
    healthy: 'Sağlıklı',
    open: 'Hata veren',
    draining: 'Yetişen',
    disabled: 'Devre dışı',
  },
  noneFails: 'Hiçbir webhook hata vermiyor.',
  allFailing: 'Hata verenlerin tümü',
  andMore: '{n} ve fazlası',
};

export default texts;
