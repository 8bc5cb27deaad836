import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Ustawienia',
  sectionsLabel: 'Części ustawień',
  sections: {
    users: 'Użytkownicy',
    keys: 'Klucze API',
    audit: 'Dziennik audytu',
    general: 'Ta konsola',
    about: 'O systemie',
  },
  languageTitle: 'Język',
  languageText: 'Także nazw zdarzeń. Zapamiętany w tej przeglądarce.',
  coloursTitle: 'Kolory',
  coloursText: 'Automatyczne są takie jak w systemie.',
  colours: { light: 'Jasne', dark: 'Ciemne', auto: 'Automatyczne' },
  firstStepsTitle: 'Pierwsze kroki',
  firstStepsText: 'Droga od pierwszego webhooka do pierwszego dostarczonego zdarzenia, u góry przeglądu.',
  showFirstSteps: 'Pokaż pierwsze kroki',
  version: 'Wersja',
  uptime: 'Działa od',
  intake: 'Zdarzenia',
  intakes: {
    open: 'są przyjmowane',
    disk: 'są odrzucane: dysk jest prawie pełny',
    backlog: 'są odrzucane: zbyt wiele czeka na dostarczenie',
    stopped: 'są odrzucane: magazyn nie przyjmuje zapisów',
  },
  store: 'Magazyn',
  storeText: '{kind}, schemat {schema}, {size}',
  diskText: 'Wolne {free} z {total}, zajęte {used}',
  diskElsewhere: 'Dysk należy do bazy danych i nie jest tu znany.',
  standbys: {
    synchronous:
      'To, na co odpowiedziano 202, przetrwa utratę serwera głównego: ma to też synchroniczny serwer zapasowy.',
    missing: 'Brakuje synchronicznego serwera zapasowego: zapisy na niego czekają.',
    asynchronous:
      'To, na co odpowiedziano 202, może przepaść razem z serwerem głównym: serwer zapasowy nadąża, ale zapisy na niego nie czekają.',
    none: 'To, na co odpowiedziano 202, może przepaść razem z serwerem głównym: żaden serwer zapasowy nie jest połączony.',
  },
  clockAhead:
    'Zegar spieszy się o {ahead} względem zegarów odbiorców (liczba: {n}). Ustaw go, inaczej wysyłane dane są brane za błędne.',
  clockBehind:
    'Zegar spóźnia się o {ahead} względem zegarów odbiorców (liczba: {n}). Ustaw go, inaczej wysyłane dane są brane za błędne.',
  nodes: 'Węzły',
  nodesText: 'Procesy, które pracują na tym magazynie.',
  node: 'Węzeł',
  startedAt: 'Uruchomiony',
  seenAt: 'Ostatnio widziany',
  readOn: 'Więcej do przeczytania',
  apiPage: 'Strona API',
  apiPageText: 'wszystkie wywołania z przykładami i powodami odmów',
  openApiText: 'to samo dla maszyn',
};

export default texts;
