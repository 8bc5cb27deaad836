import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Levering {id}',
  unknown: 'Ukendt levering',
  unknownText: 'Leveringen findes ikke; hvad der sluttede for længe siden, gemmes ikke.',
  back: 'Alle leveringer',
  event: 'Hændelse {id}',
  allOfEvent: 'Alle leveringer af denne hændelse',
  isTest: 'en test, som ingen har til gode',
  timeline: 'Forløb',
  accepted: 'Modtaget',
  earlier: { one: 'Vis {n} tidligere forsøg', other: 'Vis {n} tidligere forsøg' },
  attempt: 'Forsøg {n}',
  nextAttempt: 'Næste forsøg',
  now: 'nu',
  in: 'om {time}',
  waits: 'Venter på sin tur',
  isHeld: 'Tilbageholdt: dens webhook tager ikke imod forsøg nu',
  whyHeld: 'dens webhook fejler eller er deaktiveret',
  ended: 'Endte som {status}',
  reasons: {
    success: 'lykkedes',
    'retries-exhausted': 'der var ingen forsøg tilbage',
    'receiver-gone': 'modtageren sagde, at den ikke findes mere (410)',
    'webhook-deleted': 'dens webhook blev slettet',
    'cancelled-by-user': 'nogen annullerede den',
    'held-too-long': 'dens webhook var slået fra for længe',
    'too-old': 'den blev ældre, end dens webhook tillader',
    test: 'en test forsøges én gang',
  },
  resend: 'Send igen',
  sendNow: 'Send nu',
  sent: 'Den er på vej.',
  cancel: 'Annuller',
  keep: 'Behold den',
  cancelTitle: 'Annuller denne levering?',
  cancelText: 'Der gøres ikke flere forsøg. Den kan sendes igen senere.',
  cancelConfirm: 'Annuller leveringen',
  cancelled: 'Leveringen er annulleret.',
};

export default texts;
