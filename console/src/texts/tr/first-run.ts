import type en from '../en/first-run.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'İlk adımlar',
  text: 'Teslim edilen ilk olaya üç adım. Bir dakikadan az sürer.',
  hide: 'Gizle',
  close: 'Kapat',
  stepDone: 'tamam',
  whereTitle: 'Olaylar nereye gitsin?',
  whereText:
    'Haber verilecek programın URL’si. Her türden olayı, yeni bir gizli anahtarla imzalanmış olarak alır; ikisi de sonra değiştirilebilir.',
  url: 'Alıcının URL’si',
  create: 'Webhook oluştur',
  change: 'Değiştir',
  secret: 'Gizli anahtar',
  secretText: 'Alıcı imzaları bu gizli anahtarla denetler:',
  noReceiver: 'Elinizde alıcı yok mu?',
  receiverText:
    'Bu satır, Node bulunan bir makinenin 9000 numaralı kapısında bir alıcı başlatır; gelen her şeyi yazar. URL’si o zaman http://<o makinenin adresi>:9000 olur.',
  receiverLine: 'alıcı',
  loopbackText:
    '127.0.0.1 ve localhost gibi sunucunun kendi adresleri, kimse ulaşmaması gereken yere ulaşmasın diye reddedilir. Denemek için izin vermek isterseniz Latchhook’u bu ayarla başlatın:',
  allowLine: 'ayarla başlatma',
  demoText: 'Ya da bütün yolu, bu sunucudan ayrı, benzetilmiş bir binayla izleyin:',
  demoLine: 'gösteri',
  testTitle: 'Deneme gönderin',
  testText:
    'Hemen, her olayla aynı yoldan giden tek bir istek. Ne gönderildiğini ve ne yanıt geldiğini görürsünüz.',
  sendTest: 'Deneme gönder',
  sendAgain: 'Yeniden gönder',
  changeWebhook: 'Webhooku değiştir',
  reportTitle: 'Paneller bildirsin',
  reportText:
    'Bir panel ya da herhangi bir program, olayları bir API anahtarıyla bildirir. Bir anahtar oluşturup yanındaki satırı çalıştırın ya da buradan bir deneme olayı bildirin.',
  makeKey: 'Anahtar oluştur',
  keyName: 'paneller',
  reportHere: 'Deneme olayı bildir',
  waiting: 'İlk olay bekleniyor…',
  arrived: 'Olay alıcıya ulaştı. Hepsi bu kadar.',
  notYet: 'Olay kabul edildi ve ulaşana dek gönderilir. Alıcının ne yanıt verdiği olayın sayfasında yazar.',
};

export default texts;
