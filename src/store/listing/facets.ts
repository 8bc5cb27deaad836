import type { Asking } from '../asking.js';
import { askAll, type Bound, lastInBlocks, type Rows } from './dialect.js';
import type { Block } from './tree.js';

/** A table of blocks, and what of a list its sums can tell. */
export interface Facets {
  table: 'delivery_block' | 'event_block';
  /** Sums beside it, each with the condition on its own columns; only those that the filter asks for. */
  sums: readonly { table: string; condition: string }[];
  /** Rows are judged by more than time and sums: these only say where none can be. */
  inexact: boolean;
  from: number;
  to: number;
  bound: Bound;
}

interface BlockCount {
  block: number;
  count: number;
}

interface RangeRow {
  block: number;
  count: number;
  first_at: number;
  last_at: number;
}

/**
 * Blocks of one level that meet `lo`…`hi` and may hold rows of the list. The sums of one table are exact
 * together; of two tables only where at most one of them leaves rows out.
 */
export function* facetBlocks(
  rows: Rows,
  facets: Facets,
  level: number,
  lo: number,
  hi: number,
): Asking<Block[]> {
  const size = 2 ** level;
  const range = { level, first: Math.floor(lo / size), last: Math.floor(hi / size), ...facets.bound };
  const ranges = yield* askAll<RangeRow>(
    rows,
    `SELECT block, count, first_at, last_at FROM ${facets.table}
     WHERE level = @level AND block BETWEEN @first AND @last ORDER BY block`,
    range,
  );
  const sums: Map<number, number>[] = [];
  for (const { table, condition } of facets.sums) {
    // Block by block, so that a condition on the first column of a sum's key is sought, not looked through for;
    // as a value of each block, since PostgreSQL would rather read all sums and join them.
    const sql = `
      SELECT b.block, CAST(coalesce((
          SELECT sum(s.count) FROM ${table} s WHERE s.level = b.level AND s.block = b.block AND ${condition}
        ), 0) AS BIGINT) AS count
      FROM ${facets.table} b WHERE b.level = @level AND b.block BETWEEN @first AND @last ORDER BY b.block`;
    const counts = yield* askAll<BlockCount>(rows, sql, range);
    const sum = new Map(counts.map(({ block, count }) => [block, count]));
    if (table === 'delivery_block_state') {
      for (const { block, count } of yield* countedAhead(rows, condition, level, facets.bound)) {
        sum.set(block, (sum.get(block) ?? 0) - count);
      }
    }
    sums.push(sum);
  }
  const blocks: Block[] = [];
  for (const { block, count, first_at: firstAt, last_at: lastAt } of ranges) {
    if (firstAt > facets.to || lastAt < facets.from) continue;
    const counts = sums.map((sum) => sum.get(block) ?? 0);
    const least = Math.min(count, ...counts);
    if (least === 0) continue;
    const begin = block * size;
    const end = begin + size - 1;
    const exact =
      !facets.inexact &&
      lo <= begin &&
      end <= hi &&
      facets.from <= firstAt &&
      lastAt <= facets.to &&
      counts.filter((one) => one < count).length <= 1;
    blocks.push({ lo: Math.max(lo, begin), hi: Math.min(hi, end), level, count: exact ? least : null });
  }
  return blocks;
}

/** Changes in blocks that are not taken in yet, by the larger block around them. */
function* countedAhead(rows: Rows, condition: string, level: number, bound: Bound): Asking<BlockCount[]> {
  const smallest = rows.levels[0] ?? 0;
  if (!rows.dialect.countsAhead || level === smallest) return [];
  const sql = `
    SELECT block / @ratio AS block, CAST(sum(count) AS BIGINT) AS count
    FROM delivery_block_state WHERE level = @smallest AND block >= @next AND ${condition} GROUP BY 1`;
  const next = Math.floor(((yield* lastInBlocks(rows, 'deliveries')) + 1) / 2 ** smallest);
  const around = { ...bound, smallest, next, ratio: 2 ** (level - smallest) };
  return yield* askAll<BlockCount>(rows, sql, around);
}

/**
 * Counts rows block by block, several in one statement.
 * @param asked `found`: counts the rows from `@lo` to `@hi`
 */
export function* countBlocks(
  rows: Rows,
  asked: {
    table: Facets['table'];
    found: string;
    level: number;
    first: number;
    last: number;
    bound: Bound;
  },
): Asking<ReadonlyMap<number, number>> {
  const { table, found, level, first, last, bound } = asked;
  const size = 'CAST(@size AS BIGINT)';
  const inBlock = found
    .replaceAll('@lo', `b.block * ${size}`)
    .replaceAll('@hi', `b.block * ${size} + ${size} - 1`);
  const sql = `
    SELECT b.block, (${inBlock}) AS count FROM ${table} b
    WHERE b.level = @level AND b.block BETWEEN @first AND @last ORDER BY b.block`;
  const counts = new Map<number, number>();
  for (let from = first; from <= last; from += rows.dialect.countsAtOnce) {
    const to = Math.min(last, from + rows.dialect.countsAtOnce - 1);
    const range = { ...bound, level, first: from, last: to, size: 2 ** level };
    for (const one of yield* askAll<BlockCount>(rows, sql, range)) counts.set(one.block, one.count);
  }
  return counts;
}
