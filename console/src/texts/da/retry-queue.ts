import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Genforsøgskø',
  text: 'Leveringer, hvis seneste forsøg mislykkedes, og som prøves igen; den næste først.',
  none: 'Intet venter på et nyt forsøg: hvad der ikke kunne leveres straks, er leveret siden eller er slut.',
  noneButHeld: {
    one: 'Intet prøves igen lige nu, men {n} levering holdes tilbage: dens webhook fejler eller er deaktiveret.',
    other:
      'Intet prøves igen lige nu, men {n} leveringer holdes tilbage: deres webhooks fejler eller er deaktiveret.',
  },
  left: 'ude af køen',
  held: 'Vis det tilbageholdte',
};

export default texts;
