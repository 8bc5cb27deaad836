import type en from '../en/first-run.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Pierwsze kroki',
  text: 'Trzy kroki do pierwszego dostarczonego zdarzenia. Zajmą mniej niż minutę.',
  hide: 'Ukryj',
  close: 'Zamknij',
  stepDone: 'gotowe',
  whereTitle: 'Dokąd mają trafiać zdarzenia?',
  whereText:
    'URL programu, który ma się o nich dowiadywać. Otrzyma zdarzenia wszystkich typów, podpisane nowym sekretem; jedno i drugie można później zmienić.',
  url: 'URL odbiorcy',
  create: 'Utwórz webhook',
  change: 'Zmień',
  secret: 'Sekret',
  secretText: 'Odbiorca sprawdza podpisy tym sekretem:',
  noReceiver: 'Nie masz odbiorcy pod ręką?',
  receiverText:
    'To polecenie uruchamia go na porcie 9000 maszyny z Node; wypisuje on wszystko, co przychodzi. Jego URL to wtedy http://<adres tej maszyny>:9000.',
  receiverLine: 'odbiorca',
  loopbackText:
    'Adresy samego serwera, takie jak 127.0.0.1 i localhost, są odrzucane, aby nikt nie dotarł tam, gdzie nie powinien. Aby dopuścić je na próbę, uruchom Latchhook z tym ustawieniem:',
  allowLine: 'uruchomienie z ustawieniem',
  demoText: 'Albo zobacz całą drogę z symulowanym budynkiem, niezależnie od tego serwera:',
  demoLine: 'pokaz',
  testTitle: 'Wyślij test',
  testText:
    'Jedno żądanie, od razu i tą samą drogą co każde zdarzenie. Zobaczysz, co wysłano i jaka była odpowiedź.',
  sendTest: 'Wyślij test',
  sendAgain: 'Wyślij ponownie',
  changeWebhook: 'Zmień webhook',
  reportTitle: 'Pozwól panelom zgłaszać',
  reportText:
    'Panel lub dowolny program zgłasza zdarzenia z kluczem API. Utwórz klucz i uruchom polecenie, które się z nim pojawi, albo zgłoś zdarzenie testowe stąd.',
  makeKey: 'Utwórz klucz',
  keyName: 'panele',
  reportHere: 'Zgłoś zdarzenie testowe',
  waiting: 'Oczekiwanie na pierwsze zdarzenie…',
  arrived: 'Zdarzenie dotarło do odbiorcy. To już wszystko.',
  notYet: 'Zdarzenie przyjęto i będzie wysyłane, aż dotrze. Na jego stronie widać, co odpowiada odbiorca.',
};

export default texts;
