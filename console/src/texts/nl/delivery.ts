import type en from '../en/delivery.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Levering {id}',
  unknown: 'Onbekende levering',
  unknownText: 'Die levering is er niet; wat lang geleden is afgelopen, wordt niet bewaard.',
  back: 'Alle leveringen',
  event: 'Gebeurtenis {id}',
  allOfEvent: 'Alle leveringen van deze gebeurtenis',
  isTest: 'een test, die niemand tegoed heeft',
  timeline: 'Verloop',
  accepted: 'Aangenomen',
  earlier: { one: '{n} eerdere poging tonen', other: '{n} eerdere pogingen tonen' },
  attempt: 'Poging {n}',
  nextAttempt: 'Volgende poging',
  now: 'nu',
  in: 'over {time}',
  waits: 'Wacht op zijn beurt',
  isHeld: 'Vastgehouden: de webhook neemt nu geen pogingen aan',
  whyHeld: 'de webhook faalt of is uitgeschakeld',
  ended: 'Afgelopen als {status}',
  reasons: {
    success: 'geslaagd',
    'retries-exhausted': 'er waren geen pogingen meer over',
    'receiver-gone': 'de ontvanger zei dat hij niet meer bestaat (410)',
    'webhook-deleted': 'de webhook is verwijderd',
    'cancelled-by-user': 'iemand heeft haar geannuleerd',
    'held-too-long': 'de webhook was te lang uitgeschakeld',
    'too-old': 'ze werd ouder dan de webhook toestaat',
    test: 'een test wordt één keer geprobeerd',
  },
  resend: 'Opnieuw sturen',
  sendNow: 'Nu sturen',
  sent: 'Onderweg.',
  cancel: 'Annuleren',
  keep: 'Behouden',
  cancelTitle: 'Deze levering annuleren?',
  cancelText: 'Er volgt geen poging meer. Ze kan later opnieuw worden gestuurd.',
  cancelConfirm: 'Levering annuleren',
  cancelled: 'De levering is geannuleerd.',
};

export default texts;
