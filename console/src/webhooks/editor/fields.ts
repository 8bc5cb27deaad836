import type { Draft, Field } from './draft.js';

/** What a tab works with. */
export interface Fields {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  /** The text below a field; null: nothing is wrong with it. */
  errorAt: (field: Field) => string | null;
  readOnly: boolean;
}
