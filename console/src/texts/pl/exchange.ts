import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Żądanie',
  answer: 'Odpowiedź',
  headers: 'Nagłówki',
  body: 'Treść',
  empty: 'pusto',
  noAnswer: 'Nie nadeszła żadna odpowiedź.',
  masked: 'Wartości własnych nagłówków są ukryte.',
  showAll: 'Pokaż całość, znaków: {n}',
  copyCurl: 'Kopiuj jako curl',
  copied: 'Skopiowano',
} satisfies Translated<typeof en>;
