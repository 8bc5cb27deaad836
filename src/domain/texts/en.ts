import type { Language } from './language.js';

export const en: Language = {
  rest: '[, number {number}][, owner {owner}][, lock {lock}][, host {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Access denied, identifier not valid',
      'Invalid identifier[ {number}] was used[, owner {owner}], access was denied',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Access denied, face not valid',
      'Invalid face identifier[ {number}] was used[, owner {owner}], access was denied',
    ],
    access_denied_by_not_valid_input_code: [
      'Access denied, wrong code',
      'Wrong code[ {number}] was entered, access was denied',
    ],
    access_denied_by_remote_server_api_call: [
      'Access denied by remote server',
      'Access was denied by the remote server[, identifier {number}][, owner {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Access denied, unknown card',
      'Unknown card[ {number}] was used, access was denied',
    ],
    access_granted_by_api_call: [
      'Lock opened by API call',
      'Access was granted by an API call[, lock {lock} was opened]',
    ],
    access_granted_by_call_host: [
      'Lock opened during a call',
      'Access was granted during a call[ by host {host}][, lock {lock} was opened]',
    ],
    access_granted_by_master_code: [
      'Lock opened by master code',
      'Master code was entered[, lock {lock} was opened]',
    ],
    access_granted_by_remote_server_api_call: [
      'Lock opened by remote server',
      'Access was granted by the remote server[, identifier {number}][, owner {owner}][, lock {lock} was opened]',
    ],
    access_granted_by_valid_identifier: [
      'Lock opened by identifier',
      'Valid identifier[ {number}] was used[, owner {owner}][, lock {lock} was opened]',
    ],
    door_was_closed: ['Door closed', 'The door was closed'],
    door_sensor_was_closed: ['Door sensor closed', 'The door sensor was closed'],
    door_was_opened: ['Door opened', 'The door was opened'],
    door_sensor_was_opened: ['Door sensor opened', 'The door sensor was opened'],
    emergency_lock_is_opened: ['Lock opened in an emergency', 'Lock[ {lock}] was opened in an emergency'],
    lock_is_opened_to_long: ['Lock open for too long', 'Lock[ {lock}] has been open for too long'],
    lock_was_opened_by_exit_btn: [
      'Lock opened by exit button',
      'Exit button was pressed[, lock {lock} was opened]',
    ],
    lock_was_opened_by_free_access_button: [
      'Lock opened by free access button',
      'Free access button was pressed[, lock {lock} was opened]',
    ],
    incoming_call: ['Incoming call', 'Incoming call[ from {number}]'],
    outgoing_call: ['Outgoing call', 'Outgoing call[ to {number}]'],
    outgoing_call_missed: ['Outgoing call not answered', 'Outgoing call[ to {number}] was not answered'],
    device_booted: ['Device started', 'The device has started'],
    sip_registration_lost: ['SIP registration lost', 'The SIP registration was lost'],
    outgoing_call_web: [
      'Outgoing call from the web interface',
      'Outgoing call[ to {number}] was made from the web interface',
    ],
    incorrect_login_api_call: ['Failed login by API call', 'A login by API call failed'],
    incorrect_login_gui_settings: ['Failed login to the settings', 'A login to the device settings failed'],
    successful_login_api_call: ['Login by API call', 'A login by API call succeeded'],
    successful_login_gui_settings: ['Login to the settings', 'A login to the device settings succeeded'],
    door_was_not_closed_too_long: ['Door open for too long', 'The door has not been closed for too long'],
    tamper_event: ['Tamper alarm', 'The tamper sensor was triggered'],
    multi_access_granted: [
      'Multi-factor access granted',
      'Multi-factor access was granted[, identifier {number}][, owner {owner}][, lock {lock} was opened]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Access denied, identifier without user',
      'Identifier[ {number}] is not linked to a user, access was denied',
    ],
    multi_access_denied: [
      'Multi-factor access denied',
      'Multi-factor access was denied[, identifier {number}][, owner {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Access denied, unknown QR code',
      'Unknown QR code[ {number}] was used, access was denied',
    ],
    access_denied_unknown_identifier: [
      'Access denied, unknown identifier',
      'Unknown identifier[ {number}] was used, access was denied',
    ],
    lift_call_success: ['Lift called', 'The lift was called'],
    lift_call_error: ['Lift call failed', 'The lift could not be called'],
    lift_module_access_error: ['Lift module error', 'The lift module could not be reached'],
    access_granted_by_shared_identifier: [
      'Lock opened by shared identifier',
      'Shared identifier[ {number}] was used[, owner {owner}][, lock {lock} was opened]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Access denied, shared identifier not valid',
      'Invalid shared identifier[ {number}] was used[, owner {owner}], access was denied',
    ],
    bond_lift_request: ['Linked lift requested', 'The linked lift was requested'],
  },
};
