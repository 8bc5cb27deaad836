import type en from '../en/settings.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Indstillinger',
  sectionsLabel: 'Indstillingernes dele',
  sections: {
    users: 'Brugere',
    keys: 'API-nøgler',
    audit: 'Revisionslog',
    general: 'Denne konsol',
    about: 'Om',
  },
  languageTitle: 'Sprog',
  languageText: 'Også for hændelsernes navne. Det huskes i denne browser.',
  coloursTitle: 'Farver',
  coloursText: 'Automatisk følger systemet.',
  colours: { light: 'Lyse', dark: 'Mørke', auto: 'Automatisk' },
  firstStepsTitle: 'De første skridt',
  firstStepsText: 'Vejen fra den første webhook til den første leverede hændelse, øverst i overblikket.',
  showFirstSteps: 'Vis de første skridt',
  version: 'Version',
  uptime: 'Har kørt i',
  intake: 'Hændelser',
  intakes: {
    open: 'modtages',
    disk: 'afvises: disken er næsten fuld',
    backlog: 'afvises: for meget venter på levering',
    stopped: 'afvises: lageret kan ikke skrives til',
  },
  store: 'Lager',
  storeText: '{kind}, skema {schema}, {size}',
  diskText: '{free} af {total} ledig, {used} i brug',
  diskElsewhere: 'Disken er databasens og kendes ikke her.',
  standbys: {
    synchronous:
      'Det, der er besvaret med 202, overlever tabet af primærserveren: en synkron standby har det også.',
    missing: 'En synkron standby mangler: lageret venter på den.',
    asynchronous:
      'Det, der er besvaret med 202, kan gå tabt med primærserveren: en standby følger med, men der ventes ikke på den.',
    none: 'Det, der er besvaret med 202, kan gå tabt med primærserveren: ingen standby er forbundet.',
  },
  clockAhead:
    'Uret er {ahead} foran urene hos {n} modtagere. Stil det, ellers tages det, der sendes, for forkert.',
  clockBehind:
    'Uret er {ahead} bagud for urene hos {n} modtagere. Stil det, ellers tages det, der sendes, for forkert.',
  nodes: 'Noder',
  nodesText: 'De processer, der arbejder med dette lager.',
  node: 'Node',
  startedAt: 'Startet',
  seenAt: 'Sidst set',
  readOn: 'Læs videre',
  apiPage: 'API-siden',
  apiPageText: 'alle kald, med eksempler og grunde til afvisning',
  openApiText: 'det samme for maskiner',
};

export default texts;
