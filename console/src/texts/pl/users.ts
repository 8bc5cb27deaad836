import type en from '../en/users.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Użytkownicy',
  text: 'Kto może się zalogować. Maszyny używają kluczy API.',
  add: 'Dodaj użytkownika',
  username: 'Nazwa użytkownika',
  type: 'Typ',
  types: { admin: 'Administrator', user: 'Użytkownik' },
  typeTexts: {
    admin: 'Widzi i może zmienić wszystko.',
    user: 'Widzi wszystko prócz sekretów, użytkowników, kluczy i dziennika audytu, i niczego nie zmienia.',
  },
  created: 'Dodany',
  actions: 'Działania',
  you: 'to Ty',
  change: 'Zmień',
  changeOf: 'Zmień {name}',
  remove: 'Usuń',
  removeOf: 'Usuń {name}',
  lastStays: 'ostatni administrator',
  lastStaysText: 'Ostatni administrator nim pozostaje. Najpierw ustanów innego.',
  addTitle: 'Nowy użytkownik',
  changeTitle: 'Zmiana użytkownika',
  newPassword: 'Nowe hasło',
  passwordHint: 'Puste: zostaje. Nowe kończy wszystkie sesje tego użytkownika.',
  ownPasswordHint: 'Puste: zostaje. Nowe kończy wszystkie Twoje sesje, także tę.',
  needed: 'To pole jest wymagane.',
  length: 'Od {min} do {max} znaków',
  added: 'Dodano użytkownika.',
  changed: 'Zmieniono użytkownika.',
  removed: 'Usunięto użytkownika.',
  removeTitle: 'Usunąć użytkownika?',
  removeText:
    'Sesje użytkownika {name} zostaną zakończone i nie będzie mógł się zalogować. To, co zrobił, zostaje w dzienniku audytu.',
  removeSelfText: '{name} to Twoje własne konto. Twoja sesja się zakończy i nie będzie można się zalogować.',
};

export default texts;
