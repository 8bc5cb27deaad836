import type en from '../en/narrowing.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  filters: 'Filtry',
  filtersSet: 'Filtry ({n})',
  clear: 'Wyczyść filtry',
  clearOne: 'Wyczyść',
  webhook: 'Webhook',
  chooseWebhook: 'Wybierz webhook',
  type: 'Typ zdarzenia',
  status: 'Stan',
  source: 'Źródło',
  sourcePlaceholder: 'Dowolny panel',
  event: 'Numer zdarzenia',
  eventPlaceholder: 'Dowolny',
  wrongEvent: 'Liczba całkowita, na przykład 45',
  time: 'Czas',
  periods: {
    any: 'Dowolny czas',
    '1h': 'Ostatnia godzina',
    '24h': 'Ostatnie 24 godziny',
    '7d': 'Ostatnie 7 dni',
    '30d': 'Ostatnie 30 dni',
    custom: 'Od … do …',
  },
  from: 'Od',
  to: 'Do',
  wrongTimes: 'Koniec musi być późniejszy niż początek',
  unmatched: 'Bez subskrybenta',
  nothingFound: 'Nic nie znaleziono',
  categories: { access: 'Dostęp', emergency: 'Alarm', info: 'Informacja', system: 'System' },
  live: 'Na żywo',
  waiting: {
    one: '{n} nowy wpis pojawi się, gdy opuścisz listę',
    few: '{n} nowe wpisy pojawią się, gdy opuścisz listę',
    many: '{n} nowych wpisów pojawi się, gdy opuścisz listę',
    other: '{n} nowych wpisów pojawi się, gdy opuścisz listę',
  },
  showNew: {
    one: 'Pokaż {n} nowy wpis',
    few: 'Pokaż {n} nowe wpisy',
    many: 'Pokaż {n} nowych wpisów',
    other: 'Pokaż {n} nowych wpisów',
  },
};

export default texts;
