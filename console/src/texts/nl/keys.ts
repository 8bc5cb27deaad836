import type en from '../en/keys.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'API-sleutels',
  text: 'Voor panelen en andere machines. Een sleutel wordt één keer getoond, als hij wordt gemaakt.',
  none: 'Er zijn nog geen API-sleutels. Met een sleutel kan een paneel of programma gebeurtenissen melden of lezen.',
  make: 'Sleutel maken',
  makeTitle: 'Een API-sleutel maken',
  madeTitle: 'De sleutel is gemaakt',
  name: 'Naam',
  nameHint: 'Gebeurtenissen zonder bron krijgen deze naam.',
  nameLength: '{min} tot {max} tekens',
  prefix: 'Begint met',
  scopesTitle: 'Mag',
  scopes: { 'events:write': 'gebeurtenissen melden', read: 'lezen', admin: 'alles' },
  scopeTexts: {
    'events:write': 'Wat een paneel nodig heeft, en verder niets.',
    read: 'Wat een account van het type ‘Gebruiker’ mag zien.',
    admin: 'Als een beheerder, ook gebruikers en sleutels.',
  },
  scopesNeeded: 'Kies er minstens één.',
  created: 'Gemaakt',
  lastUse: 'Laatst gebruikt',
  neverUsed: 'nooit gebruikt',
  actions: 'Acties',
  theKey: 'De sleutel',
  onceText:
    'Kopieer hem nu: hij wordt niet opnieuw getoond. Is hij kwijt, trek hem dan in en maak een nieuwe.',
  curlLine: 'curl-regel',
  curlReports: 'Deze regel stuurt een testgebeurtenis naar deze server:',
  curlReads: 'Deze regel leest de laatste afleveringen van deze server:',
  done: 'Klaar',
  revoke: 'Intrekken',
  revokeOf: '{name} intrekken',
  revokeTitle: 'Sleutel intrekken?',
  revokeText:
    'Wie ‘{name}’ ({prefix}…) gebruikt, wordt vanaf nu geweigerd. Dit kan niet ongedaan worden gemaakt.',
  revoked: 'De sleutel is ingetrokken.',
};

export default texts;
