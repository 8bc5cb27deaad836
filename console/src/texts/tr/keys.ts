import type en from '../en/keys.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'API anahtarları',
  text: 'Paneller ve diğer makineler için. Anahtar yalnızca bir kez, oluşturulunca gösterilir.',
  none: 'Henüz API anahtarı yok. Anahtarla bir panel ya da program olay bildirebilir veya olayları okuyabilir.',
  make: 'Anahtar oluştur',
  makeTitle: 'API anahtarı oluştur',
  madeTitle: 'Anahtar oluşturuldu',
  name: 'Ad',
  nameHint: 'Kaynak belirtmeyen olaylar bu adı alır.',
  nameLength: '{min}–{max} karakter',
  prefix: 'Başlangıcı',
  scopesTitle: 'Yetkiler',
  scopes: { 'events:write': 'olay bildirme', read: 'okuma', admin: 'her şey' },
  scopeTexts: {
    'events:write': 'Bir panele yetecek kadarı, fazlası değil.',
    read: '“Kullanıcı” türündeki bir hesabın görebildikleri.',
    admin: 'Kullanıcılar ve anahtarlar dâhil, bir yönetici gibi.',
  },
  scopesNeeded: 'En az birini seçin.',
  created: 'Oluşturulma',
  lastUse: 'Son kullanım',
  neverUsed: 'hiç kullanılmadı',
  actions: 'İşlemler',
  theKey: 'Anahtar',
  onceText: 'Şimdi kopyalayın: bir daha gösterilmez. Kaybolursa iptal edip yenisini oluşturun.',
  curlLine: 'curl satırı',
  curlReports: 'Bu satır bu sunucuya bir deneme olayı gönderir:',
  curlReads: 'Bu satır bu sunucudan son teslimatları okur:',
  done: 'Tamam',
  revoke: 'İptal et',
  revokeOf: '{name} anahtarını iptal et',
  revokeTitle: 'Anahtar iptal edilsin mi?',
  revokeText: '“{name}” ({prefix}…) anahtarını kullanan herkes bundan böyle reddedilir. Bu geri alınamaz.',
  revoked: 'Anahtar iptal edildi.',
};

export default texts;
