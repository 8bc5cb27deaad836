import type { Bound } from '../listing/dialect.js';

export interface CutEvent {
  id: number;
  event_type: number;
  created_at: number;
  accepted_at: number;
  fanout: number;
  first_delivery: number | null;
  last_delivery: number | null;
  test: number;
}

/** What goes in one step: what statements are bound to. The ranges let PostgreSQL leave partitions alone. */
export interface Cut {
  events: readonly CutEvent[];
  ids: readonly number[];
  uids: readonly number[];
  bound: Bound;
}
