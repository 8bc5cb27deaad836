import type en from '../en/keys.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Klucze API',
  text: 'Dla paneli i innych maszyn. Klucz jest pokazywany raz, przy tworzeniu.',
  none: 'Nie ma jeszcze kluczy API. Z kluczem panel albo program może zgłaszać zdarzenia lub je czytać.',
  make: 'Utwórz klucz',
  makeTitle: 'Nowy klucz API',
  madeTitle: 'Utworzono klucz',
  name: 'Nazwa',
  nameHint: 'Otrzymają ją zdarzenia, które nie podają źródła.',
  nameLength: 'Od {min} do {max} znaków',
  prefix: 'Zaczyna się od',
  scopesTitle: 'Może',
  scopes: { 'events:write': 'zgłaszać zdarzenia', read: 'czytać', admin: 'wszystko' },
  scopeTexts: {
    'events:write': 'Tyle, ile potrzebuje panel, i nic więcej.',
    read: 'To, co widzi konto typu „Użytkownik”.',
    admin: 'Jak administrator, razem z użytkownikami i kluczami.',
  },
  scopesNeeded: 'Wybierz co najmniej jedno.',
  created: 'Utworzony',
  lastUse: 'Ostatnie użycie',
  neverUsed: 'nieużywany',
  actions: 'Działania',
  theKey: 'Klucz',
  onceText: 'Skopiuj go teraz: nie będzie pokazany ponownie. Jeśli zaginie, unieważnij go i utwórz nowy.',
  curlLine: 'polecenie curl',
  curlReports: 'To polecenie wysyła zdarzenie testowe do tego serwera:',
  curlReads: 'To polecenie czyta z tego serwera ostatnie dostarczenia:',
  done: 'Gotowe',
  revoke: 'Unieważnij',
  revokeOf: 'Unieważnij {name}',
  revokeTitle: 'Unieważnić klucz?',
  revokeText:
    'Kto używa klucza „{name}” ({prefix}…), od tej chwili spotka się z odmową. Tego nie można cofnąć.',
  revoked: 'Unieważniono klucz.',
};

export default texts;
