import type en from '../en/first-run.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'De første skridt',
  text: 'Tre skridt til den første leverede hændelse. De tager under et minut.',
  hide: 'Skjul',
  close: 'Luk',
  stepDone: 'færdig',
  whereTitle: 'Hvor skal hændelserne hen?',
  whereText:
    'URL’en på det program, der skal have besked. Det får alle typer hændelser, underskrevet med en ny hemmelighed; begge dele kan ændres senere.',
  url: 'Modtagerens URL',
  create: 'Opret webhook',
  change: 'Ret',
  secret: 'Hemmelighed',
  secretText: 'Modtageren kontrollerer underskrifter med denne hemmelighed:',
  noReceiver: 'Ingen modtager ved hånden?',
  receiverText:
    'Denne linje starter en på port 9000 på en maskine med Node; den skriver, hvad der kommer. Dens URL er så http://<maskinens adresse>:9000.',
  receiverLine: 'modtager',
  loopbackText:
    'Serverens egne adresser, såsom 127.0.0.1 og localhost, afvises, så ingen når det, der ikke er tiltænkt dem. Start Latchhook med denne indstilling for at tillade dem til en prøve:',
  allowLine: 'start med indstillingen',
  demoText: 'Eller se hele vejen med en simuleret bygning, adskilt fra denne server:',
  demoLine: 'demo',
  testTitle: 'Send en test',
  testText:
    'Én forespørgsel, med det samme, ad samme vej som enhver hændelse. Du ser, hvad der blev sendt og svaret.',
  sendTest: 'Send test',
  sendAgain: 'Send igen',
  changeWebhook: 'Ret webhooken',
  reportTitle: 'Lad paneler melde',
  reportText:
    'Et panel, eller et hvilket som helst program, melder hændelser med en API-nøgle. Lav en og kør linjen, der hører til, eller meld en testhændelse herfra.',
  makeKey: 'Lav en nøgle',
  keyName: 'paneler',
  reportHere: 'Meld en testhændelse',
  waiting: 'Venter på den første hændelse…',
  arrived: 'Hændelsen nåede frem til modtageren. Mere er der ikke i det.',
  notYet: 'Hændelsen er modtaget og sendes, til den når frem. Dens side viser, hvad modtageren svarer.',
};

export default texts;
