import type { Asking } from '../asking.js';
import type { DeliveryFilter, DeliveryPosition, DeliveryRow, Listed, Slice } from '../store.js';
import { type Conditions, readConditions } from './conditions.js';
import { askAll, askOne, lastInBlocks, type Rows } from './dialect.js';
import { countBlocks, facetBlocks } from './facets.js';
import { DELIVERY_ROW, type DeliveryRecord, toDeliveryRow } from './row.js';
import { Tree } from './tree.js';

/** Its own, and one for each that a job gave it later. */
const RANGES_OF_EVENT = `
  SELECT first_delivery AS lo, last_delivery AS hi FROM event WHERE id = @id AND first_delivery IS NOT NULL
  UNION ALL
  SELECT delivery_uid, delivery_uid FROM late_delivery WHERE event_id = @id`;

interface Request {
  filter: DeliveryFilter;
  asc: boolean;
  slice: Slice<DeliveryPosition>;
}

/** Lists of deliveries; used within one snapshot. */
export class DeliveryList {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  *byUid({ filter, asc, slice }: Request): Asking<Listed<DeliveryRow>> {
    const { total, uids, more } = yield* this.uids(filter, asc, slice);
    return { total, rows: yield* this.#shown(uids), more };
  }

  *byDue({ filter, asc, slice }: Request): Asking<Listed<DeliveryRow>> {
    const retrying: DeliveryFilter = {
      ...filter,
      statuses: filter.statuses?.filter(isRetrying) ?? ['retrying'],
    };
    const conditions = yield* readConditions(this.#rows, retrying);
    if ('after' in slice) {
      const uids = yield* this.#due(conditions, asc, slice.after, 0, slice.limit + 1);
      const rows = yield* this.#shown(uids.slice(0, slice.limit));
      return { total: null, rows, more: uids.length > slice.limit };
    }
    const { limit, offset } = slice;
    const total = yield* (yield* this.tree(retrying, conditions)).count();
    const size = Math.min(limit, Math.max(0, total - offset));
    const behind = total - offset - size;
    const uids =
      size === 0
        ? []
        : offset <= behind
          ? yield* this.#due(conditions, asc, null, offset, size)
          : (yield* this.#due(conditions, !asc, null, behind, size)).reverse();
    return { total, rows: yield* this.#shown(uids), more: false };
  }

  /**
   * @param distinct a further condition on a row `d`, which no block knows of
   */
  *uids(
    filter: DeliveryFilter,
    asc: boolean,
    slice: Slice<{ uid: number }>,
    distinct = '',
  ): Asking<{ total: number | null; uids: number[]; more: boolean }> {
    const conditions = yield* readConditions(this.#rows, filter);
    if ('offset' in slice) {
      const tree = yield* this.tree(filter, conditions, { distinct });
      return { ...(yield* tree.page(asc, slice.offset, slice.limit)), more: false };
    }
    const { after, limit } = slice;
    const lo = asc && after ? after.uid + 1 : 1;
    const hi = !asc && after ? after.uid - 1 : Number.MAX_SAFE_INTEGER;
    const tree = yield* this.tree(filter, conditions, { distinct, lo, hi });
    const found = yield* tree.first(asc, limit + 1);
    return { total: null, uids: found.slice(0, limit), more: found.length > limit };
  }

  *tree(
    filter: DeliveryFilter,
    conditions: Conditions,
    { distinct = '', lo = 1, hi = Number.MAX_SAFE_INTEGER } = {},
  ): Asking<Tree> {
    const rows = this.#rows;
    const { cell, sourceId, from, to, bound } = conditions;
    const where = [conditions.ranged, distinct].filter((part) => part !== '').map((part) => ` AND ${part}`);
    const found = `FROM delivery d${rows.dialect.byKey} WHERE d.uid BETWEEN @lo AND @hi${where.join('')}`;
    const facets = {
      table: 'delivery_block' as const,
      sums: [
        { table: 'delivery_block_state', condition: cell },
        { table: 'delivery_block_source', condition: sourceId },
      ].filter(({ condition }) => condition !== ''),
      inexact: distinct !== '',
      from,
      to,
      bound,
    };
    return new Tree(
      {
        levels: rows.levels,
        lastInBlocks: yield* lastInBlocks(rows, 'deliveries'),
        blocks: (level, first, last) => facetBlocks(rows, facets, level, first, last),
        *count(first, last) {
          const sql = `SELECT count(*) AS count ${found}`;
          const row = yield* askOne<{ count: number }>(rows, sql, { ...bound, lo: first, hi: last });
          return row?.count ?? 0;
        },
        *counts(level, first, last) {
          return yield* countBlocks(rows, {
            table: 'delivery_block',
            found: `SELECT count(*) ${found}`,
            level,
            first,
            last,
            bound,
          });
        },
        *uids({ lo: first, hi: last, asc, offset, limit }) {
          const sql = `SELECT d.uid ${found} ORDER BY d.uid ${asc ? 'ASC' : 'DESC'} LIMIT @limit OFFSET @offset`;
          const page = { ...bound, lo: first, hi: last, offset, limit };
          return (yield* askAll<{ uid: number }>(rows, sql, page)).map(({ uid }) => uid);
        },
      },
      yield* this.#ranges(filter.eventIds, lo, hi),
    );
  }

  /**
   * Deliveries of an event lie together, or nearly so: with ids given, little else is looked at. Where two nodes
   * wrote at once ranges can overlap, and become one.
   */
  *#ranges(eventIds: number[] | null, lo: number, hi: number): Asking<{ lo: number; hi: number }[]> {
    if (eventIds === null) return [{ lo, hi }];
    const ranges: { lo: number; hi: number }[] = [];
    for (const id of new Set(eventIds)) {
      const found = yield* askAll<{ lo: number; hi: number }>(this.#rows, RANGES_OF_EVENT, { id });
      for (const one of found) {
        const range = { lo: Math.max(lo, one.lo), hi: Math.min(hi, one.hi) };
        if (range.lo <= range.hi) ranges.push(range);
      }
    }
    const apart: { lo: number; hi: number }[] = [];
    for (const range of ranges.sort((a, b) => a.lo - b.lo)) {
      const last = apart.at(-1);
      if (last && range.lo <= last.hi) last.hi = Math.max(last.hi, range.hi);
      else apart.push(range);
    }
    return apart;
  }

  /** The state is written out: the index is of that one alone. */
  *#due(
    { row, bound }: Conditions,
    asc: boolean,
    after: DeliveryPosition | null,
    offset: number,
    limit: number,
  ): Asking<number[]> {
    const direction = asc ? 'ASC' : 'DESC';
    const behind = after ? ` AND (d.due_at, d.uid) ${asc ? '>' : '<'} (@due, @uid)` : '';
    const found = yield* askAll<{ uid: number }>(
      this.#rows,
      `SELECT d.uid FROM delivery d${this.#rows.dialect.byRetries}
       WHERE d.state = 1 AND ${row}${behind}
       ORDER BY d.due_at ${direction}, d.uid ${direction} LIMIT @limit OFFSET @offset`,
      { ...bound, due: after?.dueAt ?? 0, uid: after?.uid ?? 0, offset, limit },
    );
    return found.map(({ uid }) => uid);
  }

  *#shown(uids: readonly number[]): Asking<DeliveryRow[]> {
    if (uids.length === 0) return [];
    const sql = `${DELIVERY_ROW} ${this.#rows.dialect.within('d.uid', 'uids')}`;
    const found = yield* askAll<DeliveryRecord>(this.#rows, sql, { uids });
    const byUid = new Map(found.map((row) => [row.uid, row]));
    return uids.map((uid) => {
      const row = byUid.get(uid);
      if (!row) throw new Error(`delivery ${uid} vanished within a snapshot`);
      return toDeliveryRow(row);
    });
  }
}

function isRetrying(status: string): boolean {
  return status === 'retrying';
}
