import type en from '../en/keys.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'API-nøgler',
  text: 'Til paneler og andre maskiner. En nøgle vises én gang, når den laves.',
  none: 'Der er endnu ingen API-nøgler. Med en nøgle kan et panel eller et program melde hændelser eller læse dem.',
  make: 'Lav nøgle',
  makeTitle: 'Lav en API-nøgle',
  madeTitle: 'Nøglen er lavet',
  name: 'Navn',
  nameHint: 'Hændelser, der ikke nævner en kilde, får dette navn.',
  nameLength: '{min} til {max} tegn',
  prefix: 'Begynder med',
  scopesTitle: 'Må',
  scopes: { 'events:write': 'melde hændelser', read: 'læse', admin: 'alt' },
  scopeTexts: {
    'events:write': 'Det, et panel har brug for, og ikke andet.',
    read: 'Det, en konto af typen »Bruger« kan se.',
    admin: 'Som en administrator, også brugere og nøgler.',
  },
  scopesNeeded: 'Vælg mindst én.',
  created: 'Lavet',
  lastUse: 'Sidst brugt',
  neverUsed: 'aldrig brugt',
  actions: 'Handlinger',
  theKey: 'Nøglen',
  onceText: 'Kopiér den nu: den vises ikke igen. Er den væk, så tilbagekald den og lav en ny.',
  curlLine: 'curl-linje',
  curlReports: 'Denne linje sender en testhændelse til denne server:',
  curlReads: 'Denne linje læser de seneste leveringer fra denne server:',
  done: 'Færdig',
  revoke: 'Tilbagekald',
  revokeOf: 'Tilbagekald {name}',
  revokeTitle: 'Tilbagekald nøglen?',
  revokeText: 'Den, der bruger »{name}« ({prefix}…), afvises fra nu af. Det kan ikke fortrydes.',
  revoked: 'Nøglen er tilbagekaldt.',
};

export default texts;
