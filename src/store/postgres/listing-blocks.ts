import { OPEN_BELOW } from '../../domain/delivery.js';
import { OPEN_TEST, type StateMove } from '../statistics.js';
import { numbers } from './literal.js';
import { alone, type Settling } from './settling.js';
import type { Transaction, Writer } from './transaction.js';

/** Sizes of blocks, as powers of two: 1,024 uids, 65,536 and 4,194,304. */
export const LIST_LEVELS: readonly number[] = [10, 16, 22];

const MOVE = `
  INSERT INTO delivery_block_state AS s (level, block, webhook_uid, event_type, state, slot, count)
  SELECT level, block, webhook_uid, event_type, state, $7::bigint, count
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS m (level, block, webhook_uid, event_type, state, count)
  ON CONFLICT (level, block, webhook_uid, event_type, state, slot) DO UPDATE SET count = s.count + excluded.count`;

const READ_MARKS = `
  SELECT coalesce(max(value) FILTER (WHERE name = 'deliveries in blocks'), 0) AS deliveries,
    coalesce(max(value) FILTER (WHERE name = 'events in blocks'), 0) AS events,
    coalesce(max(value) FILTER (WHERE name = 'settled deliveries'), 0) AS settled_deliveries,
    coalesce(max(value) FILTER (WHERE name = 'settled events'), 0) AS settled_events
  FROM counter`;
const SET_MARK = 'UPDATE counter SET value = $1 WHERE name = $2';
const NEXT_DELIVERY = 'SELECT min(uid) AS next FROM delivery WHERE uid BETWEEN $1 AND $2';
const NEXT_EVENT = 'SELECT min(id) AS next FROM event WHERE id BETWEEN $1 AND $2';

/** $1: first uid, $2: last, $3: block, $4: levels, $5: blocks around it at those, the block itself among them. */
const AROUND = 'unnest($4::bigint[], $5::bigint[]) AS around (level, block)';
const carryRange = (table: string) => `
  ON CONFLICT (level, block) DO UPDATE SET count = ${table}.count + excluded.count,
    first_at = least(${table}.first_at, excluded.first_at),
    last_at = greatest(${table}.last_at, excluded.last_at)`;
const carryCount = (table: string, columns: string) => `
  ON CONFLICT (level, block, ${columns}) DO UPDATE SET count = ${table}.count + excluded.count`;

const DELIVERY_BLOCK = `
  INSERT INTO delivery_block (level, block, count, first_at, last_at)
  SELECT around.level, around.block, r.count, r.first_at, r.last_at
  FROM (SELECT count(*) AS count, min(accepted_at) AS first_at, max(accepted_at) AS last_at
    FROM delivery WHERE uid BETWEEN $1 AND $2) r, ${AROUND}
  WHERE $3::bigint >= 0 ${carryRange('delivery_block')}`;
/**
 * One statement, and so one snapshot: whatever has changed a state since the block was announced is in the rows
 * that it sees, and in the counts that it takes off again.
 */
const DELIVERY_STATES = `
  INSERT INTO delivery_block_state (level, block, webhook_uid, event_type, state, slot, count)
  SELECT around.level, around.block, r.webhook_uid, r.event_type, r.state, 0, r.count
  FROM (
    SELECT webhook_uid, event_type, state, sum(count)::bigint AS count FROM (
      SELECT webhook_uid, event_type::bigint,
        (CASE WHEN test = 1 AND state < ${OPEN_BELOW} THEN ${OPEN_TEST} ELSE state END)::bigint AS state,
        count(*) AS count
      FROM delivery WHERE uid BETWEEN $1 AND $2 GROUP BY 1, 2, 3
      UNION ALL
      SELECT webhook_uid, event_type, state, -count FROM delivery_block_state
      WHERE level = ($4::bigint[])[1] AND block = $3
    ) summed GROUP BY 1, 2, 3 HAVING sum(count) <> 0
  ) r, ${AROUND} ${carryCount('delivery_block_state', 'webhook_uid, event_type, state, slot')}`;
const NEW_SOURCES_OF_DELIVERIES = `
  INSERT INTO source (name)
  SELECT DISTINCT e.source FROM delivery d JOIN event e ON e.id = d.event_id
  WHERE d.uid BETWEEN $1 AND $2 AND NOT EXISTS (SELECT 1 FROM source s WHERE s.name = e.source)
  ON CONFLICT DO NOTHING`;
const DELIVERY_SOURCES = `
  INSERT INTO delivery_block_source (level, block, source, count)
  SELECT around.level, around.block, r.source, r.count
  FROM (
    SELECT s.id AS source, count(*) AS count
    FROM delivery d JOIN event e ON e.id = d.event_id JOIN source s ON s.name = e.source
    WHERE d.uid BETWEEN $1 AND $2 GROUP BY s.id
  ) r, ${AROUND} WHERE $3::bigint >= 0 ${carryCount('delivery_block_source', 'source')}`;

const EVENT_BLOCK = `
  INSERT INTO event_block (level, block, count, first_at, last_at)
  SELECT around.level, around.block, r.count, r.first_at, r.last_at
  FROM (SELECT count(*) AS count, min(accepted_at) AS first_at, max(accepted_at) AS last_at
    FROM event WHERE id BETWEEN $1 AND $2 AND test = 0 HAVING count(*) > 0) r, ${AROUND}
  WHERE $3::bigint >= 0 ${carryRange('event_block')}`;
const EVENT_TYPES = `
  INSERT INTO event_block_type (level, block, event_type, unmatched, count)
  SELECT around.level, around.block, r.event_type, r.unmatched, r.count
  FROM (
    SELECT event_type, (fanout = 0)::int AS unmatched, count(*) AS count
    FROM event WHERE id BETWEEN $1 AND $2 AND test = 0 GROUP BY 1, 2
  ) r, ${AROUND} WHERE $3::bigint >= 0 ${carryCount('event_block_type', 'event_type, unmatched')}`;
const NEW_SOURCES_OF_EVENTS = `
  INSERT INTO source (name)
  SELECT DISTINCT source FROM event e
  WHERE id BETWEEN $1 AND $2 AND test = 0 AND NOT EXISTS (SELECT 1 FROM source s WHERE s.name = e.source)
  ON CONFLICT DO NOTHING`;
const EVENT_SOURCES = `
  INSERT INTO event_block_source (level, block, source, count)
  SELECT around.level, around.block, r.source, r.count
  FROM (
    SELECT s.id AS source, count(*) AS count FROM event e JOIN source s ON s.name = e.source
    WHERE e.id BETWEEN $1 AND $2 AND e.test = 0 GROUP BY s.id
  ) r, ${AROUND} WHERE $3::bigint >= 0 ${carryCount('event_block_source', 'source')}`;

interface Marks {
  deliveries: number;
  events: number;
  settled_deliveries: number;
  settled_events: number;
}

interface Kind {
  mark: 'deliveries in blocks' | 'events in blocks';
  below(marks: Marks): number;
  settled(marks: Marks): number;
  next: string;
  newSources: string;
  take: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    mark: 'deliveries in blocks',
    below: ({ deliveries }) => deliveries,
    settled: ({ settled_deliveries: settled }) => settled,
    next: NEXT_DELIVERY,
    newSources: NEW_SOURCES_OF_DELIVERIES,
    take: [DELIVERY_BLOCK, DELIVERY_STATES, DELIVERY_SOURCES],
  },
  {
    mark: 'events in blocks',
    below: ({ events }) => events,
    settled: ({ settled_events: settled }) => settled,
    next: NEXT_EVENT,
    newSources: NEW_SOURCES_OF_EVENTS,
    take: [EVENT_BLOCK, EVENT_TYPES, EVENT_SOURCES],
  },
];

/** Takes complete blocks in, one node at a time. */
export class ListBlocks {
  readonly #writer: Writer;
  readonly #settling: Settling;
  readonly #levels: readonly number[];

  constructor(writer: Writer, settling: Settling, levels: readonly number[]) {
    this.#writer = writer;
    this.#settling = settling;
    this.#levels = levels;
  }

  /** Takes in up to `limit` complete blocks of deliveries, and as many of events. */
  async take(limit: number): Promise<{ more: boolean }> {
    await this.#settling.advance();
    let more = false;
    for (const kind of KINDS) {
      let left = limit;
      while (left > 0 && (await this.#writer.transaction((tx) => this.#takeNext(tx, kind)))) left -= 1;
      more ||= left === 0;
    }
    return { more };
  }

  /** False: the next block is not complete yet, or another node is at it. */
  async #takeNext(tx: Transaction, kind: Kind): Promise<boolean> {
    if (!(await alone(tx))) return false;
    const [marks] = await tx.run<Marks>(READ_MARKS);
    if (!marks) return false;
    const [level = 0] = this.#levels;
    const size = 2 ** level;
    // Uids may leave a gap of any size.
    const [found] = await tx.run<{ next: number | null }>(kind.next, [
      kind.below(marks),
      kind.settled(marks),
    ]);
    const next = found?.next ?? null;
    const block = Math.floor((next ?? 0) / size);
    const lo = block * size;
    if (next === null || lo + size - 1 > kind.settled(marks)) return false;
    const range = [lo, lo + size - 1];
    await tx.run(kind.newSources, range);
    const around = this.#levels.map((larger) => Math.floor(block / 2 ** (larger - level)));
    const values = [...range, block, numbers(this.#levels), numbers(around)];
    for (const statement of kind.take) await tx.run(statement, values);
    await tx.run(SET_MARK, [lo + size, kind.mark]);
    return true;
  }
}

/** Follows changes of states, at every level and under the transaction's own slot: nobody waits for a row. */
export function writeMoves(levels: readonly number[], tx: Transaction, moves: readonly StateMove[]): void {
  const sums = new Map<string, { level: number; block: number; move: StateMove; count: number }>();
  const smallest = levels[0] ?? 0;
  for (const level of levels) {
    for (const move of moves) {
      const block = Math.floor(move.block / 2 ** (level - smallest));
      const name = `${level}:${block}:${move.webhookUid}:${move.eventType}:${move.state}`;
      const sum = sums.get(name);
      if (sum) sum.count += move.delta;
      else sums.set(name, { level, block, move, count: move.delta });
    }
  }
  const rows = [...sums.values()].filter(({ count }) => count !== 0);
  if (rows.length === 0) return;
  tx.write(MOVE, [
    numbers(rows.map(({ level }) => level)),
    numbers(rows.map(({ block }) => block)),
    numbers(rows.map(({ move }) => move.webhookUid)),
    numbers(rows.map(({ move }) => move.eventType)),
    numbers(rows.map(({ move }) => move.state)),
    numbers(rows.map(({ count }) => count)),
    tx.slot,
  ]);
}
