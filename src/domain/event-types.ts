/** How a panel files an event in its log. */
export type Category = 'access' | 'info' | 'system' | 'emergency';

const TYPES = [
  ['log.access_denied_by_not_valid_identifier', 'access'],
  ['log.access_denied_by_not_valid_face_identifier', 'access'],
  ['log.access_denied_by_not_valid_input_code', 'access'],
  ['log.access_denied_by_remote_server_api_call', 'access'],
  ['log.access_denied_by_unknown_card', 'access'],
  ['log.access_granted_by_api_call', 'access'],
  ['log.access_granted_by_call_host', 'access'],
  ['log.access_granted_by_master_code', 'access'],
  ['log.access_granted_by_remote_server_api_call', 'access'],
  ['log.access_granted_by_valid_identifier', 'access'],
  ['log.door_was_closed', 'access'],
  ['log.door_sensor_was_closed', 'access'],
  ['log.door_was_opened', 'access'],
  ['log.door_sensor_was_opened', 'access'],
  ['log.emergency_lock_is_opened', 'access'],
  ['log.lock_is_opened_to_long', 'emergency'],
  ['log.lock_was_opened_by_exit_btn', 'access'],
  ['log.lock_was_opened_by_free_access_button', 'access'],
  ['log.incoming_call', 'info'],
  ['log.outgoing_call', 'info'],
  ['log.outgoing_call_missed', 'info'],
  ['log.device_booted', 'info'],
  ['log.sip_registration_lost', 'info'],
  ['log.outgoing_call_web', 'info'],
  ['log.incorrect_login_api_call', 'system'],
  ['log.incorrect_login_gui_settings', 'system'],
  ['log.successful_login_api_call', 'system'],
  ['log.successful_login_gui_settings', 'system'],
  ['log.door_was_not_closed_too_long', 'emergency'],
  ['log.tamper_event', 'emergency'],
  ['log.multi_access_granted', 'access'],
  ['log.identifiers_without_linkage_to_user_access_denied', 'access'],
  ['log.multi_access_denied', 'access'],
  ['log.access_denied_by_unknown_qr', 'access'],
  ['log.access_denied_unknown_identifier', 'access'],
  ['log.lift_call_success', 'access'],
  ['log.lift_call_error', 'access'],
  ['log.lift_module_access_error', 'access'],
  ['log.access_granted_by_shared_identifier', 'access'],
  ['log.access_denied_by_not_valid_shared_identifier', 'access'],
  ['log.bond_lift_request', 'access'],
] as const satisfies readonly (readonly [name: string, category: Category])[];

export type EventType = (typeof TYPES)[number][0];

/**
 * The 41 event types, spelled as the panels spell them. Stores keep a type as its position here,
 * so a new one is only ever added at the end.
 */
export const EVENT_TYPES: readonly string[] = TYPES.map(([name]) => name);

const CODES = new Map(EVENT_TYPES.map((name, code) => [name, code]));

/** The position of a type in `EVENT_TYPES`, or `undefined` for an unknown one. */
export function eventTypeCode(name: string): number | undefined {
  return CODES.get(name);
}

export function eventTypeName(code: number): string {
  const entry = TYPES[code];
  if (!entry) throw new RangeError(`no event type has the code ${code}`);
  return entry[0];
}

export function eventCategory(name: string): Category {
  const code = CODES.get(name);
  const entry = code === undefined ? undefined : TYPES[code];
  if (!entry) throw new RangeError(`unknown event type ${name}`);
  return entry[1];
}
