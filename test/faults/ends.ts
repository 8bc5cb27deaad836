/** Accepted × subscribed, counted against the ends on record. */
import type { EngineSite } from '../support/engine-site.js';
import { until } from '../support/until.js';

/** Moves time on until nothing is open, and returns how many deliveries ended in which state. */
export async function ends(
  site: EngineSite,
  pass: () => void = () => {},
  tries = 100_000,
): Promise<Record<string, number>> {
  const totals = await until(
    async () => {
      pass();
      return site.store.listings.totals();
    },
    ({ pending, retrying }) => pending + retrying === 0,
    tries,
  );
  return Object.fromEntries(Object.entries(totals).filter(([, count]) => count > 0));
}
