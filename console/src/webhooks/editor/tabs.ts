import type { Field } from './draft.js';

/** Which fields stand on which tab of the dialog, as a panel's own has them. */
export const TABS = {
  general: [
    'url',
    'status',
    'max_retries',
    'secret',
    'timeout',
    'description',
    'ordered',
    'rate_limit',
    'max_age',
  ],
  events: ['event_types'],
  headers: ['headers'],
} as const satisfies Record<string, readonly Field[]>;

export type Tab = keyof typeof TABS;
export const TAB_NAMES = Object.keys(TABS) as Tab[];

export function tabOf(field: Field): Tab {
  return TAB_NAMES.find((name) => (TABS[name] as readonly Field[]).includes(field)) ?? 'general';
}
