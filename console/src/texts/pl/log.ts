import type en from '../en/log.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Dziennik',
  text: 'Co działo się przy drzwiach, według czasu zdarzenia, jak pokazuje panel.',
  columns: { category: 'Kategoria', text: 'Co się stało', who: 'Osoba lub numer', time: 'Czas' },
  entries: { one: '{n} wpis', few: '{n} wpisy', many: '{n} wpisów', other: '{n} wpisu' },
  none: 'Dziennik jest pusty. Klient, który czyści dziennik tego konta, czyści go także tutaj; w Zdarzeniach jest wszystko.',
  toEvents: 'Do zdarzeń',
  nothingMatches: 'Żaden wpis nie pasuje do tych filtrów.',
};

export default texts;
