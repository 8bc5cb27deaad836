import type en from '../en/users.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Gebruikers',
  text: 'Wie mag inloggen. Machines gebruiken API-sleutels.',
  add: 'Gebruiker toevoegen',
  username: 'Gebruikersnaam',
  type: 'Type',
  types: { admin: 'Beheerder', user: 'Gebruiker' },
  typeTexts: {
    admin: 'Mag alles zien en wijzigen.',
    user: 'Ziet alles behalve geheimen, gebruikers, sleutels en het auditlogboek, en wijzigt niets.',
  },
  created: 'Toegevoegd',
  actions: 'Acties',
  you: 'u',
  change: 'Wijzigen',
  changeOf: '{name} wijzigen',
  remove: 'Verwijderen',
  removeOf: '{name} verwijderen',
  lastStays: 'laatste beheerder',
  lastStaysText: 'De laatste beheerder blijft beheerder. Wijs eerst een andere aan.',
  addTitle: 'Gebruiker toevoegen',
  changeTitle: 'Gebruiker wijzigen',
  newPassword: 'Nieuw wachtwoord',
  passwordHint: 'Leeg: het blijft. Een nieuw wachtwoord beëindigt alle sessies van deze gebruiker.',
  ownPasswordHint: 'Leeg: het blijft. Een nieuw wachtwoord beëindigt al uw sessies, ook deze.',
  needed: 'Dit is verplicht.',
  length: '{min} tot {max} tekens',
  added: 'De gebruiker is toegevoegd.',
  changed: 'De gebruiker is gewijzigd.',
  removed: 'De gebruiker is verwijderd.',
  removeTitle: 'Gebruiker verwijderen?',
  removeText:
    '{name} wordt uitgelogd en kan niet meer inloggen. Wat {name} deed, blijft in het auditlogboek.',
  removeSelfText: 'Dit is uw eigen account, {name}. U wordt uitgelogd en kunt niet meer inloggen.',
};

export default texts;
