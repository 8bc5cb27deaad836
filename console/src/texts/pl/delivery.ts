import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Dostawa {id}',
  unknown: 'Nieznana dostawa',
  unknownText: 'Nie ma takiej dostawy; dawno zakończone nie są przechowywane.',
  back: 'Wszystkie dostawy',
  event: 'Zdarzenie {id}',
  allOfEvent: 'Wszystkie dostawy tego zdarzenia',
  isTest: 'test, który nikomu się nie należy',
  timeline: 'Przebieg',
  accepted: 'Przyjęto',
  earlier: {
    one: 'Pokaż {n} wcześniejszą próbę',
    few: 'Pokaż {n} wcześniejsze próby',
    many: 'Pokaż {n} wcześniejszych prób',
    other: 'Pokaż {n} wcześniejszych prób',
  },
  attempt: 'Próba {n}',
  nextAttempt: 'Następna próba',
  now: 'teraz',
  in: 'za {time}',
  waits: 'Czeka na swoją kolej',
  isHeld: 'Wstrzymana: jej webhook nie przyjmuje teraz prób',
  whyHeld: 'jej webhook zawodzi albo jest wyłączony',
  ended: 'Wynik: {status}',
  reasons: {
    success: 'powodzenie',
    'retries-exhausted': 'ponowienia wyczerpane',
    'receiver-gone': 'odbiorca odpowiedział, że już go nie ma (410)',
    'webhook-deleted': 'webhook usunięto',
    'cancelled-by-user': 'ktoś ją anulował',
    'held-too-long': 'webhook był zbyt długo wyłączony',
    'too-old': 'jest starsza, niż pozwala webhook',
    test: 'test wysyła się jeden raz',
  },
  resend: 'Wyślij ponownie',
  sendNow: 'Wyślij teraz',
  sent: 'Jest w drodze.',
  cancel: 'Anuluj',
  keep: 'Zostaw',
  cancelTitle: 'Anulować tę dostawę?',
  cancelText: 'Nie będzie kolejnych prób. Później można ją wysłać ponownie.',
  cancelConfirm: 'Anuluj dostawę',
  cancelled: 'Dostawa anulowana.',
};

export default texts;
