import type en from '../en/exchange.js';
import type { Translated } from '../pages.js';

export default {
  request: 'Verzoek',
  answer: 'Antwoord',
  headers: 'Headers',
  body: 'Inhoud',
  empty: 'leeg',
  noAnswer: 'Er kwam geen antwoord.',
  masked: 'Waarden van eigen headers zijn verborgen.',
  unrecorded: 'De headers zijn bij dit verzenden niet vastgelegd.',
  resent:
    'Twee keer verzonden: de ontvanger sloot de open verbinding zonder te antwoorden, dus het verzoek ging meteen opnieuw uit over een nieuwe. De ontvanger kan het twee keer hebben gezien.',
  note: 'Toch afgeleverd, want de status is een succes. Wat er mis was met de rest van het antwoord:',
  showAll: 'Alle {n} tekens tonen',
  copyCurl: 'Als curl kopiëren',
  copied: 'Gekopieerd',
} satisfies Translated<typeof en>;
