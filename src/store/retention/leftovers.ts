import { type Asking, ask } from '../asking.js';
import type { Rows } from '../listing/dialect.js';
import { SPAN } from '../statistics.js';

const ENDED_JOBS = `
  DELETE FROM job WHERE uid IN (
    SELECT uid FROM job WHERE state <> 'running' AND ended_at <= @cutoff ORDER BY uid LIMIT @limit)`;
/** Hours of which nothing is left: sums that several processes have written cancel each other out. */
const EMPTY_HOURS = `
  DELETE FROM stat WHERE span = ${SPAN.hour} AND start IN (
    SELECT start FROM (
      SELECT start, sum(count) AS left_over FROM stat WHERE span = ${SPAN.hour} AND start <= @cutoff
      GROUP BY start, webhook_uid, event_type, state, bucket
    ) sums GROUP BY start HAVING max(abs(left_over)) = 0)`;

/** At the end of a pass: what belongs to no event. */
export function* forgetJobs(rows: Rows, { cutoff, limit }: { cutoff: number; limit: number }): Asking<void> {
  yield* ask(rows.all(ENDED_JOBS, { cutoff, limit }));
}

/** For a store that several write to; while nobody folds statistics. One alone drops an hour as it comes to nothing. */
export function* forgetEmptyHours(rows: Rows, cutoff: number): Asking<void> {
  yield* ask(rows.all(EMPTY_HOURS, { cutoff }));
}
