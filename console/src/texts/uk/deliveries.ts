import type en from '../en/deliveries.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Доставки',
  text: 'Кожна подія, що належить вебхуку, і що з нею сталося.',
  columns: {
    status: 'Стан',
    event: 'Подія',
    webhook: 'Вебхук',
    attempts: 'Остання відповідь',
    accepted: 'Прийнято',
    next: 'Наступна спроба',
    actions: 'Дії',
  },
  eventNumber: '№ {id}',
  test: 'перевірка',
  noAttempts: 'спроб ще не було',
  noAnswer: 'немає відповіді',
  attempt: 'спроба {n} з {most}',
  none: 'Поки нічого не доставлялося. Щойно панель повідомить про подію, на яку підписаний вебхук, вона з’явиться тут.',
  toWebhooks: 'До вебхуків',
  nothingMatches: 'Під ці фільтри не підходить жодна доставка.',
};

export default texts;
