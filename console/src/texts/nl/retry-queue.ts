import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Wachtrij',
  text: 'Leveringen waarvan de laatste poging mislukte en die opnieuw worden geprobeerd, de eerstvolgende bovenaan.',
  none: 'Niets wacht op een nieuwe poging: wat niet meteen geleverd kon worden, is inmiddels geleverd of afgelopen.',
  noneButHeld: {
    one: 'Er wordt nu niets opnieuw geprobeerd, maar {n} levering wordt vastgehouden: de webhook faalt of is uitgeschakeld.',
    other:
      'Er wordt nu niets opnieuw geprobeerd, maar {n} leveringen worden vastgehouden: de webhooks falen of zijn uitgeschakeld.',
  },
  left: 'uit de wachtrij',
  held: 'Tonen wat wordt vastgehouden',
};

export default texts;
