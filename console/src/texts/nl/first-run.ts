import type en from '../en/first-run.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Eerste stappen',
  text: 'Drie stappen naar de eerste afgeleverde gebeurtenis. Ze duren nog geen minuut.',
  hide: 'Verbergen',
  close: 'Sluiten',
  stepDone: 'klaar',
  whereTitle: 'Waar moeten gebeurtenissen heen?',
  whereText:
    'De URL van het programma dat bericht moet krijgen. Het krijgt elk type gebeurtenis, ondertekend met een nieuw geheim; beide kunt u later wijzigen.',
  url: 'URL van de ontvanger',
  create: 'Webhook maken',
  change: 'Wijzigen',
  secret: 'Geheim',
  secretText: 'Met dit geheim controleert de ontvanger de handtekeningen:',
  noReceiver: 'Geen ontvanger bij de hand?',
  receiverText:
    'Deze regel start er een op poort 9000 van een machine met Node; hij toont wat er aankomt. De URL is dan http://<adres van die machine>:9000.',
  receiverLine: 'ontvanger',
  loopbackText:
    'Adressen van de server zelf, zoals 127.0.0.1 en localhost, worden geweigerd, zodat niemand komt waar hij niet hoort. Start Latchhook met deze instelling om ze voor een proef toe te laten:',
  allowLine: 'start met de instelling',
  demoText: 'Of bekijk de hele weg met een gesimuleerd gebouw, los van deze server:',
  demoLine: 'demo',
  testTitle: 'Stuur een test',
  testText:
    'Eén verzoek, meteen, langs dezelfde weg als elke gebeurtenis. U ziet wat er werd verzonden en geantwoord.',
  sendTest: 'Test sturen',
  sendAgain: 'Opnieuw sturen',
  changeWebhook: 'Webhook wijzigen',
  reportTitle: 'Laat panelen melden',
  reportText:
    'Een paneel, of elk ander programma, meldt gebeurtenissen met een API-sleutel. Maak er een en voer de regel uit die erbij staat, of meld hier een testgebeurtenis.',
  makeKey: 'Een sleutel maken',
  keyName: 'panelen',
  reportHere: 'Testgebeurtenis melden',
  waiting: 'Wachten op de eerste gebeurtenis…',
  arrived: 'De gebeurtenis is bij de ontvanger aangekomen. Meer is het niet.',
  notYet:
    'De gebeurtenis is aangenomen en wordt verzonden tot ze aankomt. Op haar pagina staat wat de ontvanger antwoordt.',
};

export default texts;
