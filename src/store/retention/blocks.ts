import { type Asking, ask } from '../asking.js';
import { askAll, lastInBlocks, type Rows } from '../listing/dialect.js';
import type { Cut } from './cut-rows.js';

/** Blocks of deliveries in which nothing is left, by their level. */
export type EmptyBlocks = { level: number; blocks: number[] }[];

const level = 'CAST(@level AS BIGINT)';
/** An integer, so that SQLite does not divide with a fraction. */
const blockOf = (uid: string) => `${uid} / CAST(@size AS BIGINT)`;

interface Kind {
  table: 'delivery_block' | 'event_block';
  /** What stands behind FROM: the rows that go, and are in blocks. */
  from: string;
  uid: string;
  acceptedAt: string;
  sums: readonly { table: string; columns: string; values: string }[];
  /** Sums that go with an empty block. */
  beside: readonly string[];
}

const kinds = ({ dialect: { within, byKey } }: Rows): { deliveries: Kind; events: Kind } => ({
  deliveries: {
    table: 'delivery_block',
    from: `delivery d${byKey} CROSS JOIN event e CROSS JOIN source s
      WHERE d.uid BETWEEN @first AND @last AND d.uid <= @mark AND ${within('d.uid', 'uids')}
        AND e.id BETWEEN @lo AND @hi AND e.id = d.event_id AND s.name = e.source`,
    uid: 'd.uid',
    acceptedAt: 'd.accepted_at',
    // Those by state follow the changes of states, and this is one.
    sums: [{ table: 'delivery_block_source', columns: 'source', values: 's.id' }],
    beside: ['delivery_block_source'],
  },
  events: {
    table: 'event_block',
    from: `event e${byKey} CROSS JOIN source s
      WHERE e.id BETWEEN @lo AND @hi AND e.id <= @mark AND ${within('e.id', 'ids')} AND e.test = 0 AND s.name = e.source`,
    uid: 'e.id',
    acceptedAt: 'e.accepted_at',
    sums: [
      {
        table: 'event_block_type',
        columns: 'event_type, unmatched',
        values: 'e.event_type, CASE WHEN e.fanout = 0 THEN 1 ELSE 0 END',
      },
      { table: 'event_block_source', columns: 'source', values: 's.id' },
    ],
    beside: ['event_block_type', 'event_block_source'],
  },
});

/**
 * Takes what goes out of the lists' sums, at every level. What is in no block yet is in no sum. The times of a block
 * stay as wide as they were: they only say where nothing can be.
 * @returns blocks of deliveries that are empty now, whose sums by state nobody needs any more
 */
export function* uncountInBlocks(rows: Rows, cut: Cut): Asking<EmptyBlocks> {
  const { deliveries, events } = kinds(rows);
  const { ids, uids } = cut;
  const inBlocks = { ...cut.bound, mark: yield* lastInBlocks(rows, 'deliveries') };
  const empty = uids.length > 0 ? yield* uncount(rows, deliveries, uids, inBlocks) : [];
  const mark = yield* lastInBlocks(rows, 'events');
  yield* uncount(rows, events, ids, { ...cut.bound, mark });
  return empty;
}

function* uncount(
  rows: Rows,
  { table, from, uid, acceptedAt, sums, beside }: Kind,
  uids: readonly number[],
  bound: Cut['bound'],
): Asking<EmptyBlocks> {
  const empty: EmptyBlocks = [];
  for (const power of rows.levels) {
    const here = { ...bound, level: power, size: 2 ** power };
    const block = blockOf(uid);
    yield* ask(
      rows.all(
        `INSERT INTO ${table} (level, block, count, first_at, last_at)
         SELECT ${level}, ${block}, -count(*), min(${acceptedAt}), max(${acceptedAt}) FROM ${from} GROUP BY 2
         ON CONFLICT (level, block) DO UPDATE SET count = ${table}.count + excluded.count`,
        here,
      ),
    );
    for (const { table: sum, columns, values } of sums) {
      const places = columns.split(', ').map((_, index) => index + 3);
      yield* ask(
        rows.all(
          `INSERT INTO ${sum} (level, block, ${columns}, count)
           SELECT ${level}, ${block}, ${values}, -count(*) FROM ${from} GROUP BY 2, ${places.join(', ')}
           ON CONFLICT (level, block, ${columns}) DO UPDATE SET count = ${sum}.count + excluded.count`,
          here,
        ),
      );
    }
    const blocks = yield* emptied(rows, table, power, uids);
    if (blocks.length === 0) continue;
    empty.push({ level: power, blocks });
    for (const one of [...beside, table]) yield* dropBlocks(rows, one, power, blocks);
  }
  return empty;
}

function* emptied(rows: Rows, table: string, power: number, uids: readonly number[]): Asking<number[]> {
  const blocks = [...new Set(uids.map((uid) => Math.floor(uid / 2 ** power)))];
  const sql = `SELECT block FROM ${table} WHERE level = @level AND ${rows.dialect.within('block', 'blocks')} AND count = 0`;
  return (yield* askAll<{ block: number }>(rows, sql, { level: power, blocks })).map(({ block }) => block);
}

export function* dropBlocks(
  rows: Rows,
  table: string,
  power: number,
  blocks: readonly number[],
): Asking<void> {
  const sql = `DELETE FROM ${table} WHERE level = @level AND ${rows.dialect.within('block', 'blocks')}`;
  yield* ask(rows.all(sql, { level: power, blocks }));
}
