import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Yeniden deneme kuyruğu',
  text: 'Son denemesi başarısız olan ve yeniden denenecek teslimatlar; sıradaki en üstte.',
  none: 'Yeniden denenmeyi bekleyen yok: hemen teslim edilemeyenler ya teslim edildi ya da sona erdi.',
  noneButHeld: {
    one: "Şu anda yeniden denenen yok, ama {n} teslimat tutuluyor: webhook'u hata veriyor ya da devre dışı.",
    other:
      "Şu anda yeniden denenen yok, ama {n} teslimat tutuluyor: webhook'ları hata veriyor ya da devre dışı.",
  },
  left: 'kuyruktan çıktı',
  held: 'Tutulanları göster',
};

export default texts;
