import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Genforsøgskø',
  text: 'Leveringer, hvis seneste forsøg mislykkedes, og som prøves igen; den næste først.',
  none: 'Intet venter på et nyt forsøg: hvad der ikke kunne leveres straks, er leveret siden eller er slut.',
  left: 'ude af køen',
  held: 'Vis det tilbageholdte',
};

export default texts;
