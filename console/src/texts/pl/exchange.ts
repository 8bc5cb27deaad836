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
  unrecorded: 'Przy tym wysłaniu nie zapisano nagłówków.',
  resent:
    'Wysłano dwa razy: odbiorca zamknął otwarte połączenie bez odpowiedzi, więc żądanie od razu poszło ponownie nowym połączeniem. Odbiorca mógł je zobaczyć dwa razy.',
  note: 'Mimo to dostarczono, bo status oznacza powodzenie. Co było nie tak z resztą odpowiedzi:',
  showAll: 'Pokaż całość, znaków: {n}',
  copyCurl: 'Kopiuj jako curl',
  copied: 'Skopiowano',
} satisfies Translated<typeof en>;
