import type { Line } from './line.js';
import { LOCK, lockAlone } from './locks.js';

/** Partitions begin and end at multiples of this, as the largest blocks of the lists do: 4,194,304 uids. */
export const PARTITION_UNIT = 2 ** 22;
const WEEK_MS = 7 * 24 * 3_600_000;

/** A partition is at most so many times as large as the one before it, whatever came just now. */
const MOST_GROWTH = 4;

/** The pace is measured since the last addition that is a week old, or since the first of all. */
const LAST = `
  SELECT k.kind, k.last_uid, latchhook_now() AS now, h.lo, h.hi, m.added_at, m.added_uid
  FROM (
    SELECT 'event' AS kind, last_value AS last_uid FROM event_id_seq
    UNION ALL SELECT 'delivery', last_value FROM delivery_uid_seq
  ) k
  LEFT JOIN LATERAL (
    SELECT lo, hi FROM history WHERE kind = k.kind ORDER BY lo DESC LIMIT 1
  ) h ON true
  LEFT JOIN LATERAL (
    SELECT added_at, added_uid FROM history, LATERAL (SELECT added_at <= latchhook_now() - ${WEEK_MS} AS old) o
    WHERE kind = k.kind ORDER BY old DESC, CASE WHEN old THEN -lo ELSE lo END LIMIT 1
  ) m ON true`;
const REMEMBER = 'INSERT INTO history (kind, lo, hi, added_at, added_uid) VALUES ($1, $2, $3, $4, $5)';

const TABLES = { event: ['event'], delivery: ['delivery', 'attempt'] } as const;

interface LastRow {
  kind: 'event' | 'delivery';
  last_uid: number;
  now: number;
  lo: number | null;
  hi: number | null;
  added_at: number | null;
  added_uid: number | null;
}

/**
 * Adds partitions until there is room for what comes; within a transaction. A partition holds about a week of
 * the present pace: half a year is 27 of them. With one a day a statement that cannot say where its rows lie
 * would look into 182: a claim into the index of each (0.4 ms), a join into each for every row (155 µs).
 *
 * @param least uids in one, a multiple of `PARTITION_UNIT`: a store that is moved has much at once
 * @returns whether any were added
 */
export async function addPartitions(line: Line, least = PARTITION_UNIT): Promise<boolean> {
  await line.run(lockAlone(LOCK.partitions));
  let added = false;
  for (const row of await line.run<LastRow>(LAST)) {
    const size = Math.max(least, sizeOf(row));
    let lo = row.hi ?? 0;
    // A store that was moved has its numbers pushed ahead.
    while (lo < row.last_uid + size) {
      const hi = lo + size;
      for (const table of TABLES[row.kind]) {
        // Half of the versions are dead soon: vacuum must come early. Rows of a group lie together, and a claim
        // takes whole pages: with room for a second version of each row it writes no index (4 µs a row; 14 to 18
        // where a page is filled to 85 %).
        const parameters = `${table === 'delivery' ? 'fillfactor = 50, ' : ''}autovacuum_vacuum_scale_factor = 0.05`;
        // PARTITION OF would wait for every reader of the table, and all other statements would queue behind it.
        await line.script(
          `CREATE TABLE ${table}_${lo} (LIKE ${table} INCLUDING ALL) WITH (${parameters});
           ALTER TABLE ${table} ATTACH PARTITION ${table}_${lo} FOR VALUES FROM (${lo}) TO (${hi})`,
        );
      }
      await line.run(REMEMBER, [row.kind, lo, hi, row.now, row.last_uid]);
      lo = hi;
      added = true;
    }
  }
  return added;
}

/**
 * Adds what is missing, in a transaction of its own. A dump or a reader holds up neither it nor what is accepted
 * meanwhile; behind an `ANALYZE` or an index that is built it gives up soon, since there is room for a week.
 */
export async function addPartitionsAhead(line: Line): Promise<void> {
  const rows = await line.run<LastRow>(LAST);
  if (rows.every((row) => (row.hi ?? 0) >= row.last_uid + sizeOf(row))) return;
  await line.transaction(async () => {
    await line.run(PATIENCE_TO_ADD);
    await addPartitions(line);
  });
}

const PATIENCE_TO_ADD = "SET LOCAL lock_timeout = '2s'";

/** What came in the last week, or in a week of the time that was measured. */
function sizeOf({ last_uid: last, now, lo, hi, added_at: at, added_uid: uid }: LastRow): number {
  if (at === null || uid === null || lo === null || hi === null) return PARTITION_UNIT;
  const week = ((last - uid) * WEEK_MS) / Math.max(WEEK_MS, now - at);
  const units = Math.min(Math.ceil(week / PARTITION_UNIT), (MOST_GROWTH * (hi - lo)) / PARTITION_UNIT);
  return Math.max(1, units) * PARTITION_UNIT;
}

/** Dropping one waits for who reads it, and everybody else then waits behind that; so it gives up soon. */
const PATIENCE = "SET LOCAL lock_timeout = '100ms'";
/** Nobody can write into these any more; only cutting takes something out of them. */
const SETTLED = `
  SELECT h.kind, h.lo FROM history h JOIN counter c
    ON c.name = CASE h.kind WHEN 'event' THEN 'settled events' ELSE 'settled deliveries' END
  WHERE h.hi <= c.value ORDER BY h.kind, h.lo`;
const FORGET = 'DELETE FROM history WHERE kind = $1 AND lo = $2';

export interface Partition {
  kind: keyof typeof TABLES;
  lo: number;
}

/** Those of which retention has left nothing. */
export async function emptyPartitions({ line }: { line: Line }): Promise<Partition[]> {
  const empty: Partition[] = [];
  for (const partition of await line.run<Partition>(SETTLED)) {
    if (await isEmpty(line, partition)) empty.push(partition);
  }
  return empty;
}

/** With its tables, unless something is in it. */
export async function dropPartition({ line }: { line: Line }, partition: Partition): Promise<void> {
  await line.run(PATIENCE);
  await line.run(lockAlone(LOCK.partitions));
  // Another node may have been here.
  const settled = await line.run<Partition>(SETTLED);
  const { kind, lo } = partition;
  if (!settled.some((one) => one.kind === kind && one.lo === lo)) return;
  if (!(await isEmpty(line, partition))) return;
  for (const table of TABLES[kind]) await line.script(`DROP TABLE ${table}_${lo}`);
  await line.run(FORGET, [kind, lo]);
}

async function isEmpty(line: Line, { kind, lo }: Partition): Promise<boolean> {
  const rows = await line.run<{ found: number }>(`SELECT 1 AS found FROM ${kind}_${lo} LIMIT 1`);
  return rows.length === 0;
}
