import type { Language } from './language.js';

export const es: Language = {
  rest: '[, número {number}][, propietario {owner}][, cerradura {lock}][, host {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Acceso denegado, identificador no válido',
      'Se usó un identificador no válido[, número {number}][, propietario {owner}], se denegó el acceso',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Acceso denegado, rostro no válido',
      'Se usó un identificador facial no válido[, número {number}][, propietario {owner}], se denegó el acceso',
    ],
    access_denied_by_not_valid_input_code: [
      'Acceso denegado, código incorrecto',
      'Se introdujo un código incorrecto[, {number}], se denegó el acceso',
    ],
    access_denied_by_remote_server_api_call: [
      'Acceso denegado por el servidor remoto',
      'El servidor remoto denegó el acceso[, identificador {number}][, propietario {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Acceso denegado, tarjeta desconocida',
      'Se usó una tarjeta desconocida[, número {number}], se denegó el acceso',
    ],
    access_granted_by_api_call: [
      'Cerradura abierta por llamada a la API',
      'Se permitió el acceso mediante una llamada a la API[, se abrió la cerradura {lock}]',
    ],
    access_granted_by_call_host: [
      'Cerradura abierta durante una llamada',
      'Se permitió el acceso durante una llamada[, host {host}][, se abrió la cerradura {lock}]',
    ],
    access_granted_by_master_code: [
      'Cerradura abierta con código maestro',
      'Se introdujo el código maestro[, se abrió la cerradura {lock}]',
    ],
    access_granted_by_remote_server_api_call: [
      'Cerradura abierta por el servidor remoto',
      'El servidor remoto permitió el acceso[, identificador {number}][, propietario {owner}][, se abrió la cerradura {lock}]',
    ],
    access_granted_by_valid_identifier: [
      'Cerradura abierta con identificador',
      'Se usó un identificador válido[, número {number}][, propietario {owner}][, se abrió la cerradura {lock}]',
    ],
    door_was_closed: ['Puerta cerrada', 'Se cerró la puerta'],
    door_sensor_was_closed: ['Sensor de puerta cerrado', 'Se cerró el sensor de puerta'],
    door_was_opened: ['Puerta abierta', 'Se abrió la puerta'],
    door_sensor_was_opened: ['Sensor de puerta abierto', 'Se abrió el sensor de puerta'],
    emergency_lock_is_opened: [
      'Cerradura abierta por emergencia',
      'La cerradura[ {lock}] se abrió por emergencia',
    ],
    lock_is_opened_to_long: [
      'Cerradura abierta demasiado tiempo',
      'La cerradura[ {lock}] lleva demasiado tiempo abierta',
    ],
    lock_was_opened_by_exit_btn: [
      'Cerradura abierta con el botón de salida',
      'Se pulsó el botón de salida[, se abrió la cerradura {lock}]',
    ],
    lock_was_opened_by_free_access_button: [
      'Cerradura abierta con el botón de acceso libre',
      'Se pulsó el botón de acceso libre[, se abrió la cerradura {lock}]',
    ],
    incoming_call: ['Llamada entrante', 'Llamada entrante[ de {number}]'],
    outgoing_call: ['Llamada saliente', 'Llamada saliente[ a {number}]'],
    outgoing_call_missed: [
      'Llamada saliente no contestada',
      'La llamada saliente[ a {number}] no fue contestada',
    ],
    device_booted: ['Dispositivo iniciado', 'El dispositivo se ha iniciado'],
    sip_registration_lost: ['Registro SIP perdido', 'Se perdió el registro SIP'],
    outgoing_call_web: [
      'Llamada saliente desde la interfaz web',
      'Se realizó una llamada saliente[ a {number}] desde la interfaz web',
    ],
    incorrect_login_api_call: [
      'Inicio de sesión fallido por API',
      'Falló un inicio de sesión mediante la API',
    ],
    incorrect_login_gui_settings: [
      'Inicio de sesión fallido en los ajustes',
      'Falló un inicio de sesión en los ajustes del dispositivo',
    ],
    successful_login_api_call: ['Inicio de sesión por API', 'Se inició sesión mediante la API'],
    successful_login_gui_settings: [
      'Inicio de sesión en los ajustes',
      'Se inició sesión en los ajustes del dispositivo',
    ],
    door_was_not_closed_too_long: [
      'Puerta abierta demasiado tiempo',
      'La puerta lleva demasiado tiempo sin cerrarse',
    ],
    tamper_event: ['Alarma de sabotaje', 'Se activó el sensor de sabotaje'],
    multi_access_granted: [
      'Acceso multifactor permitido',
      'Se permitió el acceso multifactor[, identificador {number}][, propietario {owner}][, se abrió la cerradura {lock}]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Acceso denegado, identificador sin usuario',
      'El identificador[ {number}] no está vinculado a ningún usuario, se denegó el acceso',
    ],
    multi_access_denied: [
      'Acceso multifactor denegado',
      'Se denegó el acceso multifactor[, identificador {number}][, propietario {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Acceso denegado, código QR desconocido',
      'Se usó un código QR desconocido[, número {number}], se denegó el acceso',
    ],
    access_denied_unknown_identifier: [
      'Acceso denegado, identificador desconocido',
      'Se usó un identificador desconocido[, número {number}], se denegó el acceso',
    ],
    lift_call_success: ['Ascensor llamado', 'Se llamó al ascensor'],
    lift_call_error: ['Error al llamar al ascensor', 'No se pudo llamar al ascensor'],
    lift_module_access_error: ['Error del módulo de ascensor', 'No se pudo acceder al módulo de ascensor'],
    access_granted_by_shared_identifier: [
      'Cerradura abierta con identificador compartido',
      'Se usó un identificador compartido[, número {number}][, propietario {owner}][, se abrió la cerradura {lock}]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Acceso denegado, identificador compartido no válido',
      'Se usó un identificador compartido no válido[, número {number}][, propietario {owner}], se denegó el acceso',
    ],
    bond_lift_request: ['Ascensor vinculado solicitado', 'Se solicitó el ascensor vinculado'],
  },
};
