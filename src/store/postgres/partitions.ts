import type { Line } from './line.js';
import { LOCK, lockAlone } from './locks.js';

/** Partitions begin and end at multiples of this, as the largest blocks of the lists do: 4,194,304 uids. */
export const PARTITION_UNIT = 2 ** 22;
const DAY_MS = 24 * 3_600_000;

const LAST = `
  SELECT k.kind, k.last_uid, latchhook_now() AS now, h.hi, h.added_at, h.added_uid
  FROM (
    SELECT 'event' AS kind, last_value AS last_uid FROM event_id_seq
    UNION ALL SELECT 'delivery', last_value FROM delivery_uid_seq
  ) k
  LEFT JOIN LATERAL (
    SELECT hi, added_at, added_uid FROM history WHERE kind = k.kind ORDER BY lo DESC LIMIT 1
  ) h ON true`;
const REMEMBER = 'INSERT INTO history (kind, lo, hi, added_at, added_uid) VALUES ($1, $2, $3, $4, $5)';

const TABLES = { event: ['event'], delivery: ['delivery', 'attempt'] } as const;

interface LastRow {
  kind: 'event' | 'delivery';
  last_uid: number;
  now: number;
  hi: number | null;
  added_at: number | null;
  added_uid: number | null;
}

/**
 * Adds partitions until there is room for what comes; within a transaction. A partition holds about a day of
 * the present pace, so that retention cuts daily where there is much, and there are few where there is little.
 *
 * @returns whether any were added
 */
export async function addPartitions(line: Line): Promise<boolean> {
  await line.run(lockAlone(LOCK.partitions));
  let added = false;
  for (const row of await line.run<LastRow>(LAST)) {
    const size = daysWorth(row);
    let lo = row.hi ?? 0;
    // A store that was moved has its numbers pushed ahead.
    while (lo < row.last_uid + size) {
      const hi = lo + size;
      for (const table of TABLES[row.kind]) {
        // Rows of a group lie together, and half of their versions are dead soon: vacuum must come early.
        await line.script(
          `CREATE TABLE ${table}_${lo} PARTITION OF ${table} FOR VALUES FROM (${lo}) TO (${hi})
           WITH (${table === 'delivery' ? 'fillfactor = 85, ' : ''}autovacuum_vacuum_scale_factor = 0.05)`,
        );
      }
      await line.run(REMEMBER, [row.kind, lo, hi, row.now, row.last_uid]);
      lo = hi;
      added = true;
    }
  }
  return added;
}

function daysWorth({ last_uid: last, now, added_at: at, added_uid: uid }: LastRow): number {
  const passed = at === null ? 0 : now - at;
  if (passed <= 0 || uid === null) return PARTITION_UNIT;
  const pace = ((last - uid) / passed) * DAY_MS;
  return Math.max(1, Math.ceil(pace / PARTITION_UNIT)) * PARTITION_UNIT;
}
