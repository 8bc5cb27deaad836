import { type Narrowing, writeNarrowing } from '../narrowing/narrowing.js';
import type { Period } from './period.js';

const AS_FILTER = { hour: '1h', day: '24h', week: '7d', month: '30d' } as const satisfies Record<
  Period,
  Narrowing['period']
>;

/** The address of those deliveries that a figure counts. */
export function deliveriesLink(period: Period | null, narrowed: Partial<Narrowing>): string {
  const params = writeNarrowing({
    ...{ webhook: [], type: [], status: [], source: [], event: [], from: null, to: null, unmatched: false },
    ...narrowed,
    period: period && AS_FILTER[period],
  });
  return `/deliveries?${params}`;
}
