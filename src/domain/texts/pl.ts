import type { Language } from './language.js';

export const pl: Language = {
  rest: '[, numer {number}][, właściciel {owner}][, zamek {lock}][, host {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Odmowa dostępu, nieważny identyfikator',
      'Użyto nieważnego identyfikatora[ {number}][, właściciel {owner}], odmówiono dostępu',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Odmowa dostępu, nieważna twarz',
      'Użyto nieważnego identyfikatora twarzy[ {number}][, właściciel {owner}], odmówiono dostępu',
    ],
    access_denied_by_not_valid_input_code: [
      'Odmowa dostępu, błędny kod',
      'Wprowadzono błędny kod[ {number}], odmówiono dostępu',
    ],
    access_denied_by_remote_server_api_call: [
      'Odmowa dostępu przez serwer zdalny',
      'Serwer zdalny odmówił dostępu[, identyfikator {number}][, właściciel {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Odmowa dostępu, nieznana karta',
      'Użyto nieznanej karty[ {number}], odmówiono dostępu',
    ],
    access_granted_by_api_call: [
      'Zamek otwarty przez API',
      'Przyznano dostęp przez API[, otwarto zamek {lock}]',
    ],
    access_granted_by_call_host: [
      'Zamek otwarty podczas połączenia',
      'Przyznano dostęp podczas połączenia[, host {host}][, otwarto zamek {lock}]',
    ],
    access_granted_by_master_code: [
      'Zamek otwarty kodem głównym',
      'Wprowadzono kod główny[, otwarto zamek {lock}]',
    ],
    access_granted_by_remote_server_api_call: [
      'Zamek otwarty przez serwer zdalny',
      'Serwer zdalny przyznał dostęp[, identyfikator {number}][, właściciel {owner}][, otwarto zamek {lock}]',
    ],
    access_granted_by_valid_identifier: [
      'Zamek otwarty identyfikatorem',
      'Użyto ważnego identyfikatora[ {number}][, właściciel {owner}][, otwarto zamek {lock}]',
    ],
    door_was_closed: ['Drzwi zamknięte', 'Drzwi zostały zamknięte'],
    door_sensor_was_closed: ['Czujnik drzwi zamknięty', 'Czujnik drzwi został zamknięty'],
    door_was_opened: ['Drzwi otwarte', 'Drzwi zostały otwarte'],
    door_sensor_was_opened: ['Czujnik drzwi otwarty', 'Czujnik drzwi został otwarty'],
    emergency_lock_is_opened: ['Awaryjne otwarcie zamka', 'Zamek[ {lock}] został otwarty awaryjnie'],
    lock_is_opened_to_long: ['Zamek otwarty zbyt długo', 'Zamek[ {lock}] pozostaje otwarty zbyt długo'],
    lock_was_opened_by_exit_btn: [
      'Zamek otwarty przyciskiem wyjścia',
      'Naciśnięto przycisk wyjścia[, otwarto zamek {lock}]',
    ],
    lock_was_opened_by_free_access_button: [
      'Zamek otwarty przyciskiem wolnego dostępu',
      'Naciśnięto przycisk wolnego dostępu[, otwarto zamek {lock}]',
    ],
    incoming_call: ['Połączenie przychodzące', 'Połączenie przychodzące[ od {number}]'],
    outgoing_call: ['Połączenie wychodzące', 'Połączenie wychodzące[ do {number}]'],
    outgoing_call_missed: [
      'Nieodebrane połączenie wychodzące',
      'Połączenie wychodzące[ do {number}] nie zostało odebrane',
    ],
    device_booted: ['Urządzenie uruchomione', 'Urządzenie zostało uruchomione'],
    sip_registration_lost: ['Utracono rejestrację SIP', 'Rejestracja SIP została utracona'],
    outgoing_call_web: [
      'Połączenie wychodzące z interfejsu WWW',
      'Wykonano połączenie wychodzące[ do {number}] z interfejsu WWW',
    ],
    incorrect_login_api_call: ['Nieudane logowanie przez API', 'Logowanie przez API nie powiodło się'],
    incorrect_login_gui_settings: [
      'Nieudane logowanie do ustawień',
      'Logowanie do ustawień urządzenia nie powiodło się',
    ],
    successful_login_api_call: ['Udane logowanie przez API', 'Zalogowano się przez API'],
    successful_login_gui_settings: ['Udane logowanie do ustawień', 'Zalogowano się do ustawień urządzenia'],
    door_was_not_closed_too_long: ['Drzwi otwarte zbyt długo', 'Drzwi zbyt długo pozostają otwarte'],
    tamper_event: ['Alarm sabotażowy', 'Zadziałał czujnik sabotażowy'],
    multi_access_granted: [
      'Przyznano dostęp wieloskładnikowy',
      'Dostęp wieloskładnikowy został przyznany[, identyfikator {number}][, właściciel {owner}][, otwarto zamek {lock}]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Odmowa dostępu, identyfikator bez użytkownika',
      'Identyfikator[ {number}] nie jest przypisany do użytkownika, odmówiono dostępu',
    ],
    multi_access_denied: [
      'Odmowa dostępu wieloskładnikowego',
      'Odmówiono dostępu wieloskładnikowego[, identyfikator {number}][, właściciel {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Odmowa dostępu, nieznany kod QR',
      'Użyto nieznanego kodu QR[ {number}], odmówiono dostępu',
    ],
    access_denied_unknown_identifier: [
      'Odmowa dostępu, nieznany identyfikator',
      'Użyto nieznanego identyfikatora[ {number}], odmówiono dostępu',
    ],
    lift_call_success: ['Wezwano windę', 'Winda została wezwana'],
    lift_call_error: ['Błąd wezwania windy', 'Nie udało się wezwać windy'],
    lift_module_access_error: ['Błąd modułu windy', 'Brak połączenia z modułem windy'],
    access_granted_by_shared_identifier: [
      'Zamek otwarty współdzielonym identyfikatorem',
      'Użyto współdzielonego identyfikatora[ {number}][, właściciel {owner}][, otwarto zamek {lock}]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Odmowa dostępu, nieważny współdzielony identyfikator',
      'Użyto nieważnego współdzielonego identyfikatora[ {number}][, właściciel {owner}], odmówiono dostępu',
    ],
    bond_lift_request: ['Zażądano powiązanej windy', 'Otrzymano żądanie powiązanej windy'],
  },
};
