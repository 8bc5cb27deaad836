import type { Statement } from 'better-sqlite3';
import { OPEN_BELOW } from '../../domain/delivery.js';
import { type BlockSpan, OPEN_TEST, type StateMove } from '../statistics.js';
import type { Connection } from './connection.js';

/** Sizes of blocks, as powers of two: 1,024 uids, 65,536 and 4,194,304. */
export const LIST_LEVELS: readonly number[] = [10, 16, 22];

export type BlockMark = 'deliveries in blocks' | 'events in blocks';
export const READ_MARK = 'SELECT value FROM meta WHERE name = ?';
const SET_MARK = 'UPDATE meta SET value = ? WHERE name = ?';
const LAST = 'SELECT seq FROM sqlite_sequence WHERE name = ?';

const NEXT_DELIVERY = 'SELECT min(uid) AS next FROM delivery WHERE uid >= ?';
const NEXT_EVENT = 'SELECT min(id) AS next FROM event WHERE id >= ?';

const DELIVERY_BLOCK = `
  INSERT INTO delivery_block (level, block, count, first_at, last_at)
  SELECT @level, @block, count(*), min(accepted_at), max(accepted_at)
  FROM delivery NOT INDEXED WHERE uid BETWEEN @lo AND @hi`;
const DELIVERY_STATES = `
  INSERT INTO delivery_block_state (level, block, webhook_uid, event_type, state, count)
  SELECT @level, @block, webhook_uid, event_type,
    CASE WHEN test = 1 AND state < ${OPEN_BELOW} THEN ${OPEN_TEST} ELSE state END AS shown, count(*)
  FROM delivery NOT INDEXED WHERE uid BETWEEN @lo AND @hi GROUP BY webhook_uid, event_type, shown`;
/** `CROSS JOIN` keeps the order of the key: each event is where the last one was, or next to it. */
const DELIVERY_SOURCES = `
  INSERT INTO delivery_block_source (level, block, source, count)
  SELECT @level, @block, s.id, count(*)
  FROM delivery d NOT INDEXED CROSS JOIN event e ON e.id = d.event_id CROSS JOIN source s ON s.name = e.source
  WHERE d.uid BETWEEN @lo AND @hi GROUP BY s.id`;
const NEW_SOURCES_OF_DELIVERIES = `
  INSERT OR IGNORE INTO source (name)
  SELECT DISTINCT e.source FROM delivery d NOT INDEXED CROSS JOIN event e ON e.id = d.event_id
  WHERE d.uid BETWEEN @lo AND @hi`;

const EVENT_BLOCK = `
  INSERT INTO event_block (level, block, count, first_at, last_at)
  SELECT @level, @block, count(*), min(accepted_at), max(accepted_at)
  FROM event NOT INDEXED WHERE id BETWEEN @lo AND @hi AND test = 0 HAVING count(*) > 0`;
const EVENT_TYPES = `
  INSERT INTO event_block_type (level, block, event_type, unmatched, count)
  SELECT @level, @block, event_type, fanout = 0, count(*)
  FROM event NOT INDEXED WHERE id BETWEEN @lo AND @hi AND test = 0 GROUP BY event_type, fanout = 0`;
const NEW_SOURCES_OF_EVENTS = `
  INSERT OR IGNORE INTO source (name)
  SELECT DISTINCT source FROM event NOT INDEXED WHERE id BETWEEN @lo AND @hi AND test = 0`;
const EVENT_SOURCES = `
  INSERT INTO event_block_source (level, block, source, count)
  SELECT @level, @block, s.id, count(*)
  FROM event e NOT INDEXED CROSS JOIN source s ON s.name = e.source
  WHERE e.id BETWEEN @lo AND @hi AND e.test = 0 GROUP BY s.id`;

/** Adds a block's sums to the larger block around it. */
function carryRange(table: string): string {
  return `
    INSERT INTO ${table} (level, block, count, first_at, last_at)
    SELECT @larger, @around, count, first_at, last_at FROM ${table} WHERE level = @level AND block = @block
    ON CONFLICT DO UPDATE SET count = count + excluded.count,
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`;
}
function carryCounts(table: string, columns: string): string {
  return `
    INSERT INTO ${table} (level, block, ${columns}, count)
    SELECT @larger, @around, ${columns}, count FROM ${table} WHERE level = @level AND block = @block
    ON CONFLICT DO UPDATE SET count = count + excluded.count`;
}

const MOVE = `
  INSERT INTO delivery_block_state (level, block, webhook_uid, event_type, state, count)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`;
const DROP_EMPTY = `
  DELETE FROM delivery_block_state
  WHERE level = ? AND block = ? AND webhook_uid = ? AND event_type = ? AND state = ?`;

const ADD_MATCHED = `
  INSERT INTO event_block_type (level, block, event_type, unmatched, count) VALUES (@level, @block, @type, 0, 1)
  ON CONFLICT DO UPDATE SET count = count + 1`;
const UNMATCHED = 'level = @level AND block = @block AND event_type = @type AND unmatched = 1';
const TAKE_UNMATCHED = `UPDATE event_block_type SET count = count - 1 WHERE ${UNMATCHED} RETURNING count`;
const DROP_UNMATCHED = `DELETE FROM event_block_type WHERE ${UNMATCHED}`;

interface Kind {
  mark: BlockMark;
  table: 'delivery' | 'event';
  next: string;
  take: readonly string[];
  carry: readonly string[];
}

interface Prepared {
  mark: BlockMark;
  table: string;
  next: Statement<[number], { next: number | null }>;
  take: Statement<[object]>[];
  carry: Statement<[object]>[];
}

const KINDS: readonly Kind[] = [
  {
    mark: 'deliveries in blocks',
    table: 'delivery',
    next: NEXT_DELIVERY,
    take: [NEW_SOURCES_OF_DELIVERIES, DELIVERY_BLOCK, DELIVERY_STATES, DELIVERY_SOURCES],
    carry: [
      carryRange('delivery_block'),
      carryCounts('delivery_block_state', 'webhook_uid, event_type, state'),
      carryCounts('delivery_block_source', 'source'),
    ],
  },
  {
    mark: 'events in blocks',
    table: 'event',
    next: NEXT_EVENT,
    take: [NEW_SOURCES_OF_EVENTS, EVENT_BLOCK, EVENT_TYPES, EVENT_SOURCES],
    carry: [
      carryRange('event_block'),
      carryCounts('event_block_type', 'event_type, unmatched'),
      carryCounts('event_block_source', 'source'),
    ],
  },
];

/** Keeps the blocks; used within a transaction of the write connection only. */
export class ListBlocks {
  readonly #levels: readonly number[];
  readonly #smallest: number;
  readonly #readMark;
  readonly #setMark;
  readonly #last;
  readonly #kinds: Prepared[];
  readonly #move;
  readonly #dropEmpty;
  readonly #addMatched;
  readonly #takeUnmatched;
  readonly #dropUnmatched;

  constructor(database: Connection, levels: readonly number[]) {
    this.#levels = levels;
    this.#smallest = levels[0] ?? 0;
    this.#readMark = database.prepare<[string], { value: number }>(READ_MARK);
    this.#setMark = database.prepare<[number, string]>(SET_MARK);
    this.#last = database.prepare<[string], { seq: number }>(LAST);
    this.#kinds = KINDS.map(({ mark, table, next, take, carry }) => ({
      mark,
      table,
      next: database.prepare<[number], { next: number | null }>(next),
      take: take.map((sql) => database.prepare<[object]>(sql)),
      carry: carry.map((sql) => database.prepare<[object]>(sql)),
    }));
    this.#move = database.prepare<[number, number, number, number, number, number], { count: number }>(MOVE);
    this.#addMatched = database.prepare<[object]>(ADD_MATCHED);
    this.#takeUnmatched = database.prepare<[object], { count: number }>(TAKE_UNMATCHED);
    this.#dropUnmatched = database.prepare<[object]>(DROP_UNMATCHED);
    this.#dropEmpty = database.prepare<[number, number, number, number, number]>(DROP_EMPTY);
  }

  /** Which deliveries' changes of state `move` is to be told. */
  span(): BlockSpan {
    return { below: this.#readMark.get('deliveries in blocks')?.value ?? 0, size: 2 ** this.#smallest };
  }

  /** Takes in up to `limit` complete blocks of deliveries, and as many of events. */
  take(limit: number): { more: boolean } {
    let more = false;
    for (const kind of this.#kinds) {
      let left = limit;
      while (left > 0 && this.#takeNext(kind)) left -= 1;
      more ||= left === 0;
    }
    return { more };
  }

  /** Follows changes of states of deliveries that are in blocks. */
  move(moves: readonly StateMove[]): void {
    for (const level of this.#levels) {
      for (const { block, webhookUid, eventType, state, delta } of moves) {
        const around = Math.floor(block / 2 ** (level - this.#smallest));
        const row = this.#move.get(level, around, webhookUid, eventType, state, delta);
        if (row?.count === 0) this.#dropEmpty.run(level, around, webhookUid, eventType, state);
      }
    }
  }

  /** An event that no webhook wanted has got a delivery. */
  matched(eventId: number, eventType: number): void {
    if (eventId >= (this.#readMark.get('events in blocks')?.value ?? 0)) return;
    for (const level of this.#levels) {
      const at = { level, block: Math.floor(eventId / 2 ** level), type: eventType };
      this.#addMatched.run(at);
      if (this.#takeUnmatched.get(at)?.count === 0) this.#dropUnmatched.run(at);
    }
  }

  /** False: the next block is not complete yet. */
  #takeNext(kind: Prepared): boolean {
    const size = 2 ** this.#smallest;
    const below = this.#readMark.get(kind.mark)?.value ?? 0;
    // Uids may leave a gap of any size.
    const next = kind.next.get(below)?.next ?? null;
    const last = this.#last.get(kind.table)?.seq ?? 0;
    const block = Math.floor((next ?? 0) / size);
    const lo = block * size;
    if (next === null || lo + size - 1 > last) return false;
    const level = this.#smallest;
    for (const statement of kind.take) statement.run({ level, block, lo, hi: lo + size - 1 });
    for (const larger of this.#levels.slice(1)) {
      const around = Math.floor(block / 2 ** (larger - level));
      for (const statement of kind.carry) statement.run({ level, block, larger, around });
    }
    this.#setMark.run(lo + size, kind.mark);
    return true;
  }
}
