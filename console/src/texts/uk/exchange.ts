import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Запит',
  answer: 'Відповідь',
  headers: 'Заголовки',
  body: 'Тіло',
  empty: 'порожньо',
  noAnswer: 'Відповідь не надійшла.',
  masked: 'Значення ваших власних заголовків приховано.',
  unrecorded: 'Заголовки під час цього надсилання не було записано.',
  resent:
    'Надіслано двічі: отримувач закрив відкрите з’єднання без відповіді, тому запит одразу пішов ще раз через нове. Отримувач міг побачити його двічі.',
  showAll: 'Показати повністю, знаків: {n}',
  copyCurl: 'Копіювати як curl',
  copied: 'Скопійовано',
} satisfies Translated<typeof en>;
