import type { Language } from './language.js';

export const tr: Language = {
  rest: '[, numara {number}][, sahibi {owner}][, kilit {lock}][, ana bilgisayar {host}]',
  events: {
    access_denied_by_not_valid_identifier: [
      'Erişim reddedildi, geçersiz tanımlayıcı',
      'Geçersiz tanımlayıcı[ {number}] kullanıldı[, sahibi {owner}], erişim reddedildi',
    ],
    access_denied_by_not_valid_face_identifier: [
      'Erişim reddedildi, geçersiz yüz',
      'Geçersiz yüz tanımlayıcısı[ {number}] kullanıldı[, sahibi {owner}], erişim reddedildi',
    ],
    access_denied_by_not_valid_input_code: [
      'Erişim reddedildi, yanlış kod',
      'Yanlış kod[ {number}] girildi, erişim reddedildi',
    ],
    access_denied_by_remote_server_api_call: [
      'Erişim uzak sunucu tarafından reddedildi',
      'Uzak sunucu erişimi reddetti[, tanımlayıcı {number}][, sahibi {owner}]',
    ],
    access_denied_by_unknown_card: [
      'Erişim reddedildi, bilinmeyen kart',
      'Bilinmeyen kart[ {number}] kullanıldı, erişim reddedildi',
    ],
    access_granted_by_api_call: [
      'Kilit API çağrısıyla açıldı',
      'API çağrısıyla erişim verildi[, kilit {lock} açıldı]',
    ],
    access_granted_by_call_host: [
      'Kilit çağrı sırasında açıldı',
      'Çağrı sırasında erişim verildi[, ana bilgisayar {host}][, kilit {lock} açıldı]',
    ],
    access_granted_by_master_code: ['Kilit ana kodla açıldı', 'Ana kod girildi[, kilit {lock} açıldı]'],
    access_granted_by_remote_server_api_call: [
      'Kilit uzak sunucu tarafından açıldı',
      'Uzak sunucu erişim verdi[, tanımlayıcı {number}][, sahibi {owner}][, kilit {lock} açıldı]',
    ],
    access_granted_by_valid_identifier: [
      'Kilit tanımlayıcıyla açıldı',
      'Geçerli tanımlayıcı[ {number}] kullanıldı[, sahibi {owner}][, kilit {lock} açıldı]',
    ],
    door_was_closed: ['Kapı kapatıldı', 'Kapının kapatıldığı algılandı'],
    door_sensor_was_closed: ['Kapı sensörü kapandı', 'Kapı sensörü kapalı konuma geçti'],
    door_was_opened: ['Kapı açıldı', 'Kapının açıldığı algılandı'],
    door_sensor_was_opened: ['Kapı sensörü açıldı', 'Kapı sensörü açık konuma geçti'],
    emergency_lock_is_opened: ['Kilit acil durumda açıldı', 'Kilit[ {lock}] acil durum nedeniyle açıldı'],
    lock_is_opened_to_long: ['Kilit çok uzun süre açık', 'Kilit[ {lock}] çok uzun süredir açık'],
    lock_was_opened_by_exit_btn: [
      'Kilit çıkış düğmesiyle açıldı',
      'Çıkış düğmesine basıldı[, kilit {lock} açıldı]',
    ],
    lock_was_opened_by_free_access_button: [
      'Kilit serbest geçiş düğmesiyle açıldı',
      'Serbest geçiş düğmesine basıldı[, kilit {lock} açıldı]',
    ],
    incoming_call: ['Gelen çağrı', 'Gelen çağrı[, arayan {number}]'],
    outgoing_call: ['Giden çağrı', 'Giden çağrı[, aranan {number}]'],
    outgoing_call_missed: ['Yanıtlanmayan giden çağrı', 'Giden çağrı yanıtlanmadı[, aranan {number}]'],
    device_booted: ['Cihaz başlatıldı', 'Cihaz açıldı ve çalışıyor'],
    sip_registration_lost: ['SIP kaydı kayboldu', 'Cihazın SIP kaydı kayboldu'],
    outgoing_call_web: [
      'Web arayüzünden giden çağrı',
      'Web arayüzünden giden çağrı yapıldı[, aranan {number}]',
    ],
    incorrect_login_api_call: [
      'API ile başarısız oturum açma',
      'API ile oturum açma denemesi başarısız oldu',
    ],
    incorrect_login_gui_settings: [
      'Ayarlarda başarısız oturum açma',
      'Cihaz ayarlarında oturum açma denemesi başarısız oldu',
    ],
    successful_login_api_call: ['API ile oturum açma', 'API ile oturum açıldı'],
    successful_login_gui_settings: ['Ayarlarda oturum açma', 'Cihaz ayarlarında oturum açıldı'],
    door_was_not_closed_too_long: ['Kapı çok uzun süre açık', 'Kapı çok uzun süredir kapatılmadı'],
    tamper_event: ['Sabotaj alarmı', 'Sabotaj sensörü tetiklendi'],
    multi_access_granted: [
      'Çok faktörlü erişim verildi',
      'Çok faktörlü erişime izin verildi[, tanımlayıcı {number}][, sahibi {owner}][, kilit {lock} açıldı]',
    ],
    identifiers_without_linkage_to_user_access_denied: [
      'Erişim reddedildi, kullanıcısız tanımlayıcı',
      'Tanımlayıcı[ {number}] bir kullanıcıya bağlı değil, erişim reddedildi',
    ],
    multi_access_denied: [
      'Çok faktörlü erişim reddedildi',
      'Çok faktörlü erişime izin verilmedi[, tanımlayıcı {number}][, sahibi {owner}]',
    ],
    access_denied_by_unknown_qr: [
      'Erişim reddedildi, bilinmeyen QR kodu',
      'Bilinmeyen QR kodu[ {number}] kullanıldı, erişim reddedildi',
    ],
    access_denied_unknown_identifier: [
      'Erişim reddedildi, bilinmeyen tanımlayıcı',
      'Bilinmeyen tanımlayıcı[ {number}] kullanıldı, erişim reddedildi',
    ],
    lift_call_success: ['Asansör çağrıldı', 'Asansör çağrısı yapıldı'],
    lift_call_error: ['Asansör çağırma hatası', 'Asansör çağrılamadı'],
    lift_module_access_error: ['Asansör modülü hatası', 'Asansör modülüne erişilemedi'],
    access_granted_by_shared_identifier: [
      'Kilit paylaşılan tanımlayıcıyla açıldı',
      'Paylaşılan tanımlayıcı[ {number}] kullanıldı[, sahibi {owner}][, kilit {lock} açıldı]',
    ],
    access_denied_by_not_valid_shared_identifier: [
      'Erişim reddedildi, geçersiz paylaşılan tanımlayıcı',
      'Geçersiz paylaşılan tanımlayıcı[ {number}] kullanıldı[, sahibi {owner}], erişim reddedildi',
    ],
    bond_lift_request: ['Bağlı asansör istendi', 'Bağlı asansör için istek alındı'],
  },
};
