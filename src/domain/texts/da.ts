import type { Language } from './language.js';

export const da: Language = {
  rest: '[, nummer {number}][, ejer {owner}][, lås {lock}][, vært {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Adgang nægtet, ugyldig identifikator',
      'Ugyldig identifikator[ {number}] blev brugt[, ejer {owner}], adgang blev nægtet',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Adgang nægtet, ugyldigt ansigt',
      'Ugyldig ansigtsidentifikator[ {number}] blev brugt[, ejer {owner}], adgang blev nægtet',
    ],
    access_denied_by_not_valid_input_code: [
      'Adgang nægtet, forkert kode',
      'Forkert kode[ {number}] blev indtastet, adgang blev nægtet',
    ],
    access_denied_by_remote_server_api_call: [
      'Adgang nægtet af fjernserver',
      'Adgang blev nægtet af fjernserveren[, identifikator {number}][, ejer {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Adgang nægtet, ukendt kort',
      'Ukendt kort[ {number}] blev brugt, adgang blev nægtet',
    ],
    access_granted_by_api_call: [
      'Lås åbnet via API-kald',
      'Adgang blev givet via et API-kald[, lås {lock} blev åbnet]',
    ],
    access_granted_by_call_host: [
      'Lås åbnet under et opkald',
      'Adgang blev givet under et opkald[ af vært {host}][, lås {lock} blev åbnet]',
    ],
    access_granted_by_master_code: [
      'Lås åbnet med masterkode',
      'Masterkode blev indtastet[, lås {lock} blev åbnet]',
    ],
    access_granted_by_remote_server_api_call: [
      'Lås åbnet af fjernserver',
      'Adgang blev givet af fjernserveren[, identifikator {number}][, ejer {owner}][, lås {lock} blev åbnet]',
    ],
    access_granted_by_valid_identifier: [
      'Lås åbnet med identifikator',
      'Gyldig identifikator[ {number}] blev brugt[, ejer {owner}][, lås {lock} blev åbnet]',
    ],
    door_was_closed: ['Dør lukket', 'Døren blev lukket'],
    door_sensor_was_closed: ['Dørsensor lukket', 'Dørsensoren blev lukket'],
    door_was_opened: ['Dør åbnet', 'Døren blev åbnet'],
    door_sensor_was_opened: ['Dørsensor åbnet', 'Dørsensoren blev åbnet'],
    emergency_lock_is_opened: [
      'Lås åbnet i nødsituation',
      'Lås[ {lock}] blev åbnet på grund af en nødsituation',
    ],
    lock_is_opened_to_long: ['Lås åben for længe', 'Lås[ {lock}] har været åben for længe'],
    lock_was_opened_by_exit_btn: [
      'Lås åbnet med udgangsknap',
      'Udgangsknappen blev trykket[, lås {lock} blev åbnet]',
    ],
    lock_was_opened_by_free_access_button: [
      'Lås åbnet med knap til fri adgang',
      'Knappen til fri adgang blev trykket[, lås {lock} blev åbnet]',
    ],
    incoming_call: ['Indgående opkald', 'Indgående opkald[ fra {number}]'],
    outgoing_call: ['Udgående opkald', 'Udgående opkald[ til {number}]'],
    outgoing_call_missed: ['Ubesvaret udgående opkald', 'Udgående opkald[ til {number}] blev ikke besvaret'],
    device_booted: ['Enhed startet', 'Enheden er startet'],
    sip_registration_lost: ['SIP-registrering mistet', 'SIP-registreringen blev mistet'],
    outgoing_call_web: [
      'Udgående opkald fra webgrænsefladen',
      'Udgående opkald[ til {number}] blev foretaget fra webgrænsefladen',
    ],
    incorrect_login_api_call: ['Mislykket login via API', 'Et login via API mislykkedes'],
    incorrect_login_gui_settings: [
      'Mislykket login til indstillinger',
      'Et login til enhedens indstillinger mislykkedes',
    ],
    successful_login_api_call: ['Login via API', 'Et login via API lykkedes'],
    successful_login_gui_settings: [
      'Login til indstillinger',
      'Et login til enhedens indstillinger lykkedes',
    ],
    door_was_not_closed_too_long: ['Dør åben for længe', 'Døren er ikke blevet lukket i for lang tid'],
    tamper_event: ['Sabotagealarm', 'Sabotagesensoren blev udløst'],
    multi_access_granted: [
      'Multifaktoradgang givet',
      'Multifaktoradgang blev givet[, identifikator {number}][, ejer {owner}][, lås {lock} blev åbnet]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Adgang nægtet, identifikator uden bruger',
      'Identifikator[ {number}] er ikke knyttet til en bruger, adgang blev nægtet',
    ],
    multi_access_denied: [
      'Multifaktoradgang nægtet',
      'Multifaktoradgang blev nægtet[, identifikator {number}][, ejer {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Adgang nægtet, ukendt QR-kode',
      'Ukendt QR-kode[ {number}] blev brugt, adgang blev nægtet',
    ],
    access_denied_unknown_identifier: [
      'Adgang nægtet, ukendt identifikator',
      'Ukendt identifikator[ {number}] blev brugt, adgang blev nægtet',
    ],
    lift_call_success: ['Elevator tilkaldt', 'Elevatoren blev tilkaldt'],
    lift_call_error: ['Tilkald af elevator mislykkedes', 'Elevatoren kunne ikke tilkaldes'],
    lift_module_access_error: ['Fejl i elevatormodul', 'Elevatormodulet kunne ikke nås'],
    access_granted_by_shared_identifier: [
      'Lås åbnet med delt identifikator',
      'Delt identifikator[ {number}] blev brugt[, ejer {owner}][, lås {lock} blev åbnet]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Adgang nægtet, ugyldig delt identifikator',
      'Ugyldig delt identifikator[ {number}] blev brugt[, ejer {owner}], adgang blev nægtet',
    ],
    bond_lift_request: ['Tilknyttet elevator anmodet', 'Der blev anmodet om den tilknyttede elevator'],
  },
};
