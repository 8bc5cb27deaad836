import type en from '../en/users.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Brugere',
  text: 'Hvem der kan logge ind. Maskiner bruger API-nøgler.',
  add: 'Tilføj bruger',
  username: 'Brugernavn',
  type: 'Type',
  types: { admin: 'Administrator', user: 'Bruger' },
  typeTexts: {
    admin: 'Kan se og ændre alt.',
    user: 'Ser alt undtagen hemmeligheder, brugere, nøgler og revisionsloggen, og ændrer intet.',
  },
  created: 'Tilføjet',
  actions: 'Handlinger',
  you: 'dig',
  change: 'Ret',
  changeOf: 'Ret {name}',
  remove: 'Fjern',
  removeOf: 'Fjern {name}',
  lastStays: 'sidste administrator',
  lastStaysText: 'Den sidste administrator forbliver administrator. Udpeg først en anden.',
  addTitle: 'Tilføj bruger',
  changeTitle: 'Ret bruger',
  newPassword: 'Ny adgangskode',
  passwordHint: 'Tom: den bliver. En ny afslutter alle denne brugers sessioner.',
  ownPasswordHint: 'Tom: den bliver. En ny afslutter alle dine sessioner, også denne.',
  needed: 'Det skal udfyldes.',
  length: '{min} til {max} tegn',
  added: 'Brugeren er tilføjet.',
  changed: 'Brugeren er rettet.',
  removed: 'Brugeren er fjernet.',
  removeTitle: 'Fjern brugeren?',
  removeText: '{name} logges ud og kan ikke logge ind mere. Det, {name} gjorde, bliver i revisionsloggen.',
  removeSelfText: 'Det er din egen konto, {name}. Du logges ud og kan ikke logge ind mere.',
};

export default texts;
