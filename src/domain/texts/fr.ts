import type { Language } from './language.js';

export const fr: Language = {
  rest: '[, numéro {number}][, propriétaire {owner}][, serrure {lock}][, hôte {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Accès refusé, identifiant non valide',
      'Un identifiant non valide a été utilisé[, numéro {number}][, propriétaire {owner}], l’accès a été refusé',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Accès refusé, visage non valide',
      'Un identifiant facial non valide a été utilisé[, numéro {number}][, propriétaire {owner}], l’accès a été refusé',
    ],
    access_denied_by_not_valid_input_code: [
      'Accès refusé, code erroné',
      'Un code erroné[ {number}] a été saisi, l’accès a été refusé',
    ],
    access_denied_by_remote_server_api_call: [
      'Accès refusé par le serveur distant',
      'Le serveur distant a refusé l’accès[, identifiant {number}][, propriétaire {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Accès refusé, carte inconnue',
      'Une carte inconnue[ {number}] a été utilisée, l’accès a été refusé',
    ],
    access_granted_by_api_call: [
      'Serrure ouverte par appel API',
      'L’accès a été accordé par un appel API[, la serrure {lock} a été ouverte]',
    ],
    access_granted_by_call_host: [
      'Serrure ouverte pendant un appel',
      'L’accès a été accordé pendant un appel[ par l’hôte {host}][, la serrure {lock} a été ouverte]',
    ],
    access_granted_by_master_code: [
      'Serrure ouverte par code maître',
      'Le code maître a été saisi[, la serrure {lock} a été ouverte]',
    ],
    access_granted_by_remote_server_api_call: [
      'Serrure ouverte par le serveur distant',
      'Le serveur distant a accordé l’accès[, identifiant {number}][, propriétaire {owner}][, la serrure {lock} a été ouverte]',
    ],
    access_granted_by_valid_identifier: [
      'Serrure ouverte par identifiant',
      'Un identifiant valide a été utilisé[, numéro {number}][, propriétaire {owner}][, la serrure {lock} a été ouverte]',
    ],
    door_was_closed: ['Porte fermée', 'La porte a été fermée'],
    door_sensor_was_closed: ['Capteur de porte fermé', 'Le capteur de porte s’est fermé'],
    door_was_opened: ['Porte ouverte', 'La porte a été ouverte'],
    door_sensor_was_opened: ['Capteur de porte ouvert', 'Le capteur de porte s’est ouvert'],
    emergency_lock_is_opened: ['Serrure ouverte en urgence', 'La serrure[ {lock}] a été ouverte en urgence'],
    lock_is_opened_to_long: [
      'Serrure ouverte trop longtemps',
      'La serrure[ {lock}] est ouverte depuis trop longtemps',
    ],
    lock_was_opened_by_exit_btn: [
      'Serrure ouverte par le bouton de sortie',
      'Le bouton de sortie a été actionné[, la serrure {lock} a été ouverte]',
    ],
    lock_was_opened_by_free_access_button: [
      'Serrure ouverte par le bouton d’accès libre',
      'Le bouton d’accès libre a été actionné[, la serrure {lock} a été ouverte]',
    ],
    incoming_call: ['Appel entrant', 'Appel entrant[ de {number}]'],
    outgoing_call: ['Appel sortant', 'Appel sortant[ vers {number}]'],
    outgoing_call_missed: [
      'Appel sortant sans réponse',
      'L’appel sortant[ vers {number}] est resté sans réponse',
    ],
    device_booted: ['Appareil démarré', 'L’appareil a démarré'],
    sip_registration_lost: ['Enregistrement SIP perdu', 'L’enregistrement SIP a été perdu'],
    outgoing_call_web: [
      'Appel sortant depuis l’interface web',
      'Un appel sortant[ vers {number}] a été passé depuis l’interface web',
    ],
    incorrect_login_api_call: ['Échec de connexion par API', 'Une connexion par l’API a échoué'],
    incorrect_login_gui_settings: [
      'Échec de connexion aux réglages',
      'Une connexion aux réglages de l’appareil a échoué',
    ],
    successful_login_api_call: ['Connexion par API', 'Une connexion par l’API a réussi'],
    successful_login_gui_settings: [
      'Connexion aux réglages',
      'Une connexion aux réglages de l’appareil a réussi',
    ],
    door_was_not_closed_too_long: [
      'Porte ouverte trop longtemps',
      'La porte n’a pas été refermée depuis trop longtemps',
    ],
    tamper_event: ['Alarme d’autoprotection', 'Le capteur d’autoprotection s’est déclenché'],
    multi_access_granted: [
      'Accès multifacteur accordé',
      'L’accès multifacteur a été accordé[, identifiant {number}][, propriétaire {owner}][, la serrure {lock} a été ouverte]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Accès refusé, identifiant sans utilisateur',
      'L’identifiant[ {number}] n’est associé à aucun utilisateur, l’accès a été refusé',
    ],
    multi_access_denied: [
      'Accès multifacteur refusé',
      'L’accès multifacteur a été refusé[, identifiant {number}][, propriétaire {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Accès refusé, code QR inconnu',
      'Un code QR inconnu[ {number}] a été utilisé, l’accès a été refusé',
    ],
    access_denied_unknown_identifier: [
      'Accès refusé, identifiant inconnu',
      'Un identifiant inconnu a été utilisé[, numéro {number}], l’accès a été refusé',
    ],
    lift_call_success: ['Ascenseur appelé', 'L’ascenseur a été appelé'],
    lift_call_error: ['Échec de l’appel de l’ascenseur', 'L’ascenseur n’a pas pu être appelé'],
    lift_module_access_error: ['Erreur du module d’ascenseur', 'Le module d’ascenseur n’a pas pu être joint'],
    access_granted_by_shared_identifier: [
      'Serrure ouverte par identifiant partagé',
      'Un identifiant partagé a été utilisé[, numéro {number}][, propriétaire {owner}][, la serrure {lock} a été ouverte]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Accès refusé, identifiant partagé non valide',
      'Un identifiant partagé non valide a été utilisé[, numéro {number}][, propriétaire {owner}], l’accès a été refusé',
    ],
    bond_lift_request: ['Ascenseur associé demandé', 'L’ascenseur associé a été demandé'],
  },
};
