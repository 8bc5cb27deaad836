import type en from '../en/users.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Kullanıcılar',
  text: 'Kimler giriş yapabilir. Makineler API anahtarı kullanır.',
  add: 'Kullanıcı ekle',
  username: 'Kullanıcı adı',
  type: 'Tür',
  types: { admin: 'Yönetici', user: 'Kullanıcı' },
  typeTexts: {
    admin: 'Her şeyi görebilir ve değiştirebilir.',
    user: 'Gizli anahtarlar, kullanıcılar, API anahtarları ve denetim kaydı dışında her şeyi görür, hiçbir şeyi değiştirmez.',
  },
  created: 'Eklenme',
  actions: 'İşlemler',
  you: 'siz',
  change: 'Değiştir',
  changeOf: '{name} kullanıcısını değiştir',
  remove: 'Kaldır',
  removeOf: '{name} kullanıcısını kaldır',
  lastStays: 'son yönetici',
  lastStaysText: 'Son yönetici yönetici olarak kalır. Önce başka birini yönetici yapın.',
  addTitle: 'Kullanıcı ekle',
  changeTitle: 'Kullanıcıyı değiştir',
  newPassword: 'Yeni parola',
  passwordHint: 'Boşsa aynı kalır. Yeni parola bu kullanıcının bütün oturumlarını kapatır.',
  ownPasswordHint: 'Boşsa aynı kalır. Yeni parola bu oturum da dâhil bütün oturumlarınızı kapatır.',
  needed: 'Bu gerekli.',
  length: '{min}–{max} karakter',
  added: 'Kullanıcı eklendi.',
  changed: 'Kullanıcı değiştirildi.',
  removed: 'Kullanıcı kaldırıldı.',
  removeTitle: 'Kullanıcı kaldırılsın mı?',
  removeText: '{name} oturumu kapatılır ve bir daha giriş yapamaz. Yaptıkları denetim kaydında kalır.',
  removeSelfText: 'Bu sizin hesabınız: {name}. Oturumunuz kapatılır ve bir daha giriş yapamazsınız.',
};

export default texts;
