import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Instellingen',
  sectionsLabel: 'Onderdelen van de instellingen',
  sections: {
    users: 'Gebruikers',
    keys: 'API-sleutels',
    audit: 'Auditlogboek',
    general: 'Deze console',
    about: 'Over',
  },
  languageTitle: 'Taal',
  languageText: 'Ook van de namen van gebeurtenissen. Wordt in deze browser bewaard.',
  coloursTitle: 'Kleuren',
  coloursText: 'Automatisch volgt het systeem.',
  colours: { light: 'Licht', dark: 'Donker', auto: 'Automatisch' },
  firstStepsTitle: 'Eerste stappen',
  firstStepsText:
    'De weg van de eerste webhook naar de eerste afgeleverde gebeurtenis, boven aan het overzicht.',
  showFirstSteps: 'Eerste stappen tonen',
  version: 'Versie',
  uptime: 'Draait al',
  intake: 'Gebeurtenissen',
  intakes: {
    open: 'worden aangenomen',
    disk: 'worden geweigerd: de schijf is bijna vol',
    backlog: 'worden geweigerd: er staat te veel open',
    stopped: 'worden geweigerd: de opslag neemt niets aan',
  },
  store: 'Opslag',
  storeText: '{kind}, schema {schema}, {size}',
  diskText: '{free} van {total} vrij, {used} in gebruik',
  diskElsewhere: 'De schijf is die van de database en is hier niet bekend.',
  standbys: {
    synchronous:
      'Wat met 202 is beantwoord, overleeft het verlies van de primaire server: een synchrone standby heeft het ook.',
    missing: 'Een synchrone standby ontbreekt: er wordt op gewacht.',
    asynchronous:
      'Wat met 202 is beantwoord, kan met de primaire server verloren gaan: een standby volgt, maar er wordt niet op gewacht.',
    none: 'Wat met 202 is beantwoord, kan met de primaire server verloren gaan: er is geen standby verbonden.',
  },
  clockAhead:
    'De klok loopt {ahead} voor op die van {n} ontvangers. Zet hem gelijk, anders geldt wat verzonden wordt als onjuist.',
  clockBehind:
    'De klok loopt {ahead} achter op die van {n} ontvangers. Zet hem gelijk, anders geldt wat verzonden wordt als onjuist.',
  nodes: 'Nodes',
  nodesText: 'De processen die met deze opslag werken.',
  node: 'Node',
  startedAt: 'Gestart',
  seenAt: 'Laatst gezien',
  readOn: 'Verder lezen',
  apiPage: 'API-pagina',
  apiPageText: 'elke aanroep, met voorbeelden en redenen van weigering',
  openApiText: 'hetzelfde voor machines',
};

export default texts;
