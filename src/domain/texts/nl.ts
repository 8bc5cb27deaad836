import type { Language } from './language.js';

export const nl: Language = {
  rest: '[, nummer {number}][, eigenaar {owner}][, slot {lock}][, host {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Toegang geweigerd, identificatie ongeldig',
      'Ongeldige identificatie[ {number}] is gebruikt[, eigenaar {owner}], toegang is geweigerd',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Toegang geweigerd, gezicht ongeldig',
      'Ongeldige gezichtsidentificatie[ {number}] is gebruikt[, eigenaar {owner}], toegang is geweigerd',
    ],
    access_denied_by_not_valid_input_code: [
      'Toegang geweigerd, onjuiste code',
      'Onjuiste code[ {number}] is ingevoerd, toegang is geweigerd',
    ],
    access_denied_by_remote_server_api_call: [
      'Toegang geweigerd door externe server',
      'Toegang is geweigerd door de externe server[, identificatie {number}][, eigenaar {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Toegang geweigerd, onbekende kaart',
      'Onbekende kaart[ {number}] is gebruikt, toegang is geweigerd',
    ],
    access_granted_by_api_call: [
      'Slot geopend via API-aanroep',
      'Toegang is verleend via een API-aanroep[, slot {lock} is geopend]',
    ],
    access_granted_by_call_host: [
      'Slot geopend tijdens een oproep',
      'Toegang is verleend tijdens een oproep[ door host {host}][, slot {lock} is geopend]',
    ],
    access_granted_by_master_code: [
      'Slot geopend met hoofdcode',
      'Hoofdcode is ingevoerd[, slot {lock} is geopend]',
    ],
    access_granted_by_remote_server_api_call: [
      'Slot geopend door externe server',
      'Toegang is verleend door de externe server[, identificatie {number}][, eigenaar {owner}][, slot {lock} is geopend]',
    ],
    access_granted_by_valid_identifier: [
      'Slot geopend met identificatie',
      'Geldige identificatie[ {number}] is gebruikt[, eigenaar {owner}][, slot {lock} is geopend]',
    ],
    door_was_closed: ['Deur gesloten', 'De deur is gesloten'],
    door_sensor_was_closed: ['Deursensor gesloten', 'De deursensor is gesloten'],
    door_was_opened: ['Deur geopend', 'De deur is geopend'],
    door_sensor_was_opened: ['Deursensor geopend', 'De deursensor is geopend'],
    emergency_lock_is_opened: [
      'Slot geopend bij noodgeval',
      'Slot[ {lock}] is geopend vanwege een noodgeval',
    ],
    lock_is_opened_to_long: ['Slot te lang open', 'Slot[ {lock}] staat te lang open'],
    lock_was_opened_by_exit_btn: [
      'Slot geopend met uitgangsknop',
      'De uitgangsknop is ingedrukt[, slot {lock} is geopend]',
    ],
    lock_was_opened_by_free_access_button: [
      'Slot geopend met knop voor vrije toegang',
      'De knop voor vrije toegang is ingedrukt[, slot {lock} is geopend]',
    ],
    incoming_call: ['Inkomende oproep', 'Inkomende oproep[ van {number}]'],
    outgoing_call: ['Uitgaande oproep', 'Uitgaande oproep[ naar {number}]'],
    outgoing_call_missed: [
      'Uitgaande oproep niet beantwoord',
      'Uitgaande oproep[ naar {number}] is niet beantwoord',
    ],
    device_booted: ['Apparaat opgestart', 'Het apparaat is opgestart'],
    sip_registration_lost: ['SIP-registratie verbroken', 'De SIP-registratie is verbroken'],
    outgoing_call_web: [
      'Uitgaande oproep via webinterface',
      'Uitgaande oproep[ naar {number}] is via de webinterface gestart',
    ],
    incorrect_login_api_call: ['Mislukte aanmelding via API', 'Een aanmelding via de API is mislukt'],
    incorrect_login_gui_settings: [
      'Mislukte aanmelding bij instellingen',
      'Een aanmelding bij de apparaatinstellingen is mislukt',
    ],
    successful_login_api_call: ['Aanmelding via API', 'Een aanmelding via de API is gelukt'],
    successful_login_gui_settings: [
      'Aanmelding bij instellingen',
      'Een aanmelding bij de apparaatinstellingen is gelukt',
    ],
    door_was_not_closed_too_long: ['Deur te lang open', 'De deur is te lang open gebleven'],
    tamper_event: ['Sabotagealarm', 'De sabotagesensor is geactiveerd'],
    multi_access_granted: [
      'Toegang met meerdere factoren verleend',
      'Toegang met meerdere factoren is verleend[, identificatie {number}][, eigenaar {owner}][, slot {lock} is geopend]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Toegang geweigerd, identificatie zonder gebruiker',
      'Identificatie[ {number}] is niet aan een gebruiker gekoppeld, toegang is geweigerd',
    ],
    multi_access_denied: [
      'Toegang met meerdere factoren geweigerd',
      'Toegang met meerdere factoren is geweigerd[, identificatie {number}][, eigenaar {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Toegang geweigerd, onbekende QR-code',
      'Onbekende QR-code[ {number}] is gebruikt, toegang is geweigerd',
    ],
    access_denied_unknown_identifier: [
      'Toegang geweigerd, onbekende identificatie',
      'Onbekende identificatie[ {number}] is gebruikt, toegang is geweigerd',
    ],
    lift_call_success: ['Lift opgeroepen', 'De lift is opgeroepen'],
    lift_call_error: ['Oproepen van lift mislukt', 'De lift kon niet worden opgeroepen'],
    lift_module_access_error: ['Fout in liftmodule', 'De liftmodule kon niet worden bereikt'],
    access_granted_by_shared_identifier: [
      'Slot geopend met gedeelde identificatie',
      'Gedeelde identificatie[ {number}] is gebruikt[, eigenaar {owner}][, slot {lock} is geopend]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Toegang geweigerd, gedeelde identificatie ongeldig',
      'Ongeldige gedeelde identificatie[ {number}] is gebruikt[, eigenaar {owner}], toegang is geweigerd',
    ],
    bond_lift_request: ['Gekoppelde lift aangevraagd', 'De gekoppelde lift is aangevraagd'],
  },
};
