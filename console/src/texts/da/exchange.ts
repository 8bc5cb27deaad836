import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Anmodning',
  answer: 'Svar',
  headers: 'Headere',
  body: 'Indhold',
  empty: 'tomt',
  noAnswer: 'Der kom intet svar.',
  masked: 'Værdierne af dine egne headere er skjult.',
  unrecorded: 'Headerne blev ikke gemt, da dette blev sendt.',
  resent:
    'Sendt to gange: modtageren lukkede den åbne forbindelse uden at svare, så anmodningen gik straks ud igen på en ny. Modtageren kan have set den to gange.',
  note: 'Leveret alligevel, da statussen er en succes. Det var galt med resten af svaret:',
  showAll: 'Vis alle {n} tegn',
  copyCurl: 'Kopiér som curl',
  copied: 'Kopieret',
} satisfies Translated<typeof en>;
