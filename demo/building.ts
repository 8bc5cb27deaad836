/** A simulated building: what its panels would report on a busy morning, one report after the other. */

export interface PanelReport {
  /** Which panel reports, e.g. `main-entrance`. */
  source: string;
  event_type: string;
  data: Record<string, string | number>;
}

/** Chance as an argument: a number from 0 up to, not including, 1. */
export type Chance = () => number;

const PANELS = ['main-entrance', 'garage', 'courtyard-gate', 'bicycle-room'] as const;

const RESIDENTS = [
  { owner: 'Ana Petrova', number: '3090069', apartment_address: '12' },
  { owner: 'Luca Moretti', number: '04591222', apartment_address: '3' },
  { owner: 'Maya Okafor', number: '18446744073709551615', apartment_address: '27' },
  { owner: 'Jonas Weber', number: '7712004', apartment_address: '8' },
  { owner: 'Camille Roux', number: '5550123', apartment_address: '19' },
] as const;

type Scene = (source: string, chance: Chance) => PanelReport[];

/** Each scene with how often it comes, relative to the others. */
const SCENES: readonly (readonly [weight: number, scene: Scene])[] = [
  [8, residentEnters],
  [3, someoneLeaves],
  [3, visitorCalls],
  [2, strangerTries],
  [1, conciergeOpens],
  [1, doorStaysOpen],
  [1, panelIsTamperedWith],
];

/** Reports without end. The same chance gives the same morning. */
export function* morning(chance: Chance): Generator<PanelReport, never> {
  const scenes = SCENES.flatMap(([weight, scene]) => Array<Scene>(weight).fill(scene));
  for (;;) yield* pick(scenes, chance)(pick(PANELS, chance), chance);
}

function residentEnters(source: string, chance: Chance): PanelReport[] {
  const type = chance() < 0.8 ? 'card' : 'code';
  return [
    report(source, 'access_granted_by_valid_identifier', { ...resident(chance), type }),
    ...passage(source),
  ];
}

function someoneLeaves(source: string): PanelReport[] {
  return [report(source, 'lock_was_opened_by_exit_btn'), ...passage(source)];
}

function visitorCalls(source: string, chance: Chance): PanelReport[] {
  const host = pick(RESIDENTS, chance).apartment_address;
  if (chance() < 0.3) return [report(source, 'outgoing_call_missed', { host })];
  return [
    report(source, 'outgoing_call', { host }),
    report(source, 'access_granted_by_call_host', { host }),
    ...passage(source),
  ];
}

function strangerTries(source: string, chance: Chance): PanelReport[] {
  if (chance() < 0.5) return [report(source, 'access_denied_by_not_valid_input_code', { number: '000000' })];
  return [report(source, 'access_denied_by_unknown_card', { number: String(Math.floor(chance() * 1e8)) })];
}

function conciergeOpens(source: string): PanelReport[] {
  return [report(source, 'access_granted_by_api_call', { owner: 'Concierge desk' }), ...passage(source)];
}

function doorStaysOpen(source: string, chance: Chance): PanelReport[] {
  return [
    report(source, 'access_granted_by_valid_identifier', { ...resident(chance), type: 'card' }),
    report(source, 'door_was_opened'),
    report(source, 'door_was_not_closed_too_long', { seconds: 60 }),
    report(source, 'door_was_closed'),
  ];
}

function panelIsTamperedWith(source: string): PanelReport[] {
  return [report(source, 'tamper_event')];
}

function passage(source: string): PanelReport[] {
  return [report(source, 'door_was_opened'), report(source, 'door_was_closed')];
}

function resident(chance: Chance): Record<string, string> {
  return { ...pick(RESIDENTS, chance) };
}

function report(source: string, name: string, data: Record<string, string | number> = {}): PanelReport {
  return { source, event_type: `log.${name}`, data: { ...data, lock: 1, door: source } };
}

function pick<T>(from: readonly T[], chance: Chance): T {
  const picked = from[Math.floor(chance() * from.length)];
  if (picked === undefined) throw new RangeError('chance must be below 1, and the list not empty');
  return picked;
}

/** A small repeatable source of chance (mulberry32), so that the demo tells the same story each time. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
