import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Teslimatlar',
  text: "Bir webhook'a borçlu olunan her olay ve sonucu.",
  columns: {
    status: 'Durum',
    event: 'Olay',
    webhook: 'Webhook',
    attempts: 'Son yanıt',
    accepted: 'Kabul edildi',
    next: 'Sonraki deneme',
    actions: 'İşlemler',
  },
  eventNumber: 'no. {id}',
  test: 'test',
  noAttempts: 'henüz denenmedi',
  noAnswer: 'yanıt yok',
  attempt: 'deneme {n} / {most}',
  none: "Henüz hiçbir şey teslim edilmedi. Bir panel, bir webhook'un abone olduğu bir olayı bildirdiğinde burada görünür.",
  toWebhooks: "Webhook'lara git",
  nothingMatches: 'Bu filtrelere uyan teslimat yok.',
};

export default texts;
