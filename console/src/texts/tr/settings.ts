import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Ayarlar',
  sectionsLabel: 'Ayarların bölümleri',
  sections: {
    users: 'Kullanıcılar',
    keys: 'API anahtarları',
    audit: 'Denetim kaydı',
    general: 'Bu konsol',
    about: 'Hakkında',
  },
  languageTitle: 'Dil',
  languageText: 'Olay adlarının dili de budur. Bu tarayıcıda saklanır.',
  coloursTitle: 'Renkler',
  coloursText: 'Otomatik, sistemi izler.',
  colours: { light: 'Açık', dark: 'Koyu', auto: 'Otomatik' },
  firstStepsTitle: 'İlk adımlar',
  firstStepsText: 'İlk webhooktan teslim edilen ilk olaya giden yol, genel bakışın üst kısmında.',
  showFirstSteps: 'İlk adımları göster',
  version: 'Sürüm',
  uptime: 'Çalışma süresi',
  intake: 'Olaylar',
  intakes: {
    open: 'kabul ediliyor',
    disk: 'reddediliyor: disk neredeyse dolu',
    backlog: 'reddediliyor: bekleyen teslimat çok fazla',
    stopped: 'reddediliyor: depoya yazılamıyor',
  },
  store: 'Depo',
  storeText: '{kind}, şema {schema}, {size}',
  diskText: '{total} alanın {free} kadarı boş, {used} kullanımda',
  diskElsewhere: 'Disk veritabanına aittir ve burada bilinmiyor.',
  standbys: {
    synchronous:
      '202 ile yanıtlanan her şey birincil sunucunun kaybından sonra da kalır: eşzamanlı bir yedek sunucuda da vardır.',
    missing: 'Eşzamanlı yedek sunucu yok: yazma işlemleri onu bekliyor.',
    asynchronous:
      '202 ile yanıtlananlar birincil sunucuyla birlikte kaybolabilir: bir yedek sunucu izliyor, ama yazma işlemleri onu beklemiyor.',
    none: '202 ile yanıtlananlar birincil sunucuyla birlikte kaybolabilir: bağlı yedek sunucu yok.',
  },
  clockAhead: 'Saat, {n} alıcının saatinden {ahead} ileri. Ayarlayın; yoksa gönderilenler yanlış sayılır.',
  clockBehind: 'Saat, {n} alıcının saatinden {ahead} geri. Ayarlayın; yoksa gönderilenler yanlış sayılır.',
  nodes: 'Düğümler',
  nodesText: 'Bu depoyla çalışan süreçler.',
  node: 'Düğüm',
  startedAt: 'Başlangıç',
  seenAt: 'Son görülme',
  readOn: 'Daha fazlası',
  apiPage: 'API sayfası',
  apiPageText: 'örnekleri ve ret nedenleriyle bütün çağrılar',
  openApiText: 'aynısı, makineler için',
};

export default texts;
