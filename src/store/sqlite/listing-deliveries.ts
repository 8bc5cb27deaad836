import type { DeliveryFilter, DeliveryPosition, DeliveryRow, Listed, Slice } from '../store.js';
import type { Conditions, ConditionsReader } from './listing-conditions.js';
import { facetBlocks } from './listing-facets.js';
import { DELIVERY_ROW, type DeliveryRecord, toDeliveryRow } from './listing-row.js';
import type { Statements } from './listing-statements.js';
import { Tree } from './listing-tree.js';

const MARK = "SELECT value FROM meta WHERE name = 'deliveries in blocks'";
const ROW = `${DELIVERY_ROW} WHERE d.uid = @uid`;
const RANGE_OF_EVENT = 'SELECT first_delivery AS lo, last_delivery AS hi FROM event WHERE id = @id';

interface Request {
  filter: DeliveryFilter;
  asc: boolean;
  slice: Slice<DeliveryPosition>;
}

/** Lists of deliveries; used within a snapshot of the read connection. */
export class DeliveryList {
  readonly #statements: Statements;
  readonly #conditions: ConditionsReader;
  readonly #levels: readonly number[];

  constructor(statements: Statements, conditions: ConditionsReader, levels: readonly number[]) {
    this.#statements = statements;
    this.#conditions = conditions;
    this.#levels = levels;
  }

  byUid({ filter, asc, slice }: Request): Listed<DeliveryRow> {
    const { total, uids, more } = this.uids(filter, asc, slice);
    return { total, rows: uids.map((uid) => this.#row(uid)), more };
  }

  byDue({ filter, asc, slice }: Request): Listed<DeliveryRow> {
    const retrying: DeliveryFilter = {
      ...filter,
      statuses: filter.statuses?.filter(isRetrying) ?? ['retrying'],
    };
    const conditions = this.#conditions.conditions(retrying);
    if ('after' in slice) {
      const uids = this.#due(conditions, asc, slice.after, 0, slice.limit + 1);
      return { total: null, ...this.#shown(uids, slice.limit) };
    }
    const { limit, offset } = slice;
    const total = this.tree(retrying, conditions).count();
    const size = Math.min(limit, Math.max(0, total - offset));
    const behind = total - offset - size;
    const uids =
      size === 0
        ? []
        : offset <= behind
          ? this.#due(conditions, asc, null, offset, size)
          : this.#due(conditions, !asc, null, behind, size).reverse();
    return { total, rows: uids.map((uid) => this.#row(uid)), more: false };
  }

  /**
   * @param distinct a further condition on a row `d`, which no block knows of
   */
  uids(
    filter: DeliveryFilter,
    asc: boolean,
    slice: Slice<{ uid: number }>,
    distinct = '',
  ): { total: number | null; uids: number[]; more: boolean } {
    const conditions = this.#conditions.conditions(filter);
    if ('offset' in slice) {
      const page = this.tree(filter, conditions, { distinct }).page(asc, slice.offset, slice.limit);
      return { ...page, more: false };
    }
    const { after, limit } = slice;
    const lo = asc && after ? after.uid + 1 : 1;
    const hi = !asc && after ? after.uid - 1 : Number.MAX_SAFE_INTEGER;
    const found = this.tree(filter, conditions, { distinct, lo, hi }).first(asc, limit + 1);
    return { total: null, uids: found.slice(0, limit), more: found.length > limit };
  }

  tree(
    filter: DeliveryFilter,
    conditions: Conditions,
    { distinct = '', lo = 1, hi = Number.MAX_SAFE_INTEGER } = {},
  ): Tree {
    const statements = this.#statements;
    const { cell, sourceId, from, to, bound } = conditions;
    const where = [conditions.row, distinct].filter((part) => part !== '').map((part) => ` AND ${part}`);
    const rows = `FROM delivery d NOT INDEXED WHERE d.uid BETWEEN @lo AND @hi${where.join('')}`;
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
        levels: this.#levels,
        lastInBlocks: (statements.get<{ value: number }>(MARK, {})?.value ?? 0) - 1,
        blocks: (level, first, last) => facetBlocks(statements, facets, level, first, last),
        count: (first, last) =>
          statements.get<{ count: number }>(`SELECT count(*) AS count ${rows}`, {
            ...bound,
            lo: first,
            hi: last,
          })?.count ?? 0,
        uids: ({ lo: first, hi: last, asc, offset, limit }) =>
          statements
            .all<{ uid: number }>(
              `SELECT d.uid ${rows} ORDER BY d.uid ${asc ? 'ASC' : 'DESC'} LIMIT @limit OFFSET @offset`,
              { ...bound, lo: first, hi: last, offset, limit },
            )
            .map(({ uid }) => uid),
      },
      this.#ranges(filter.eventIds, lo, hi),
    );
  }

  /** Deliveries of an event lie together: with ids given, nothing else is looked at. */
  #ranges(eventIds: number[] | null, lo: number, hi: number): { lo: number; hi: number }[] {
    if (eventIds === null) return [{ lo, hi }];
    const ranges: { lo: number; hi: number }[] = [];
    for (const id of [...new Set(eventIds)].sort((a, b) => a - b)) {
      const found = this.#statements.get<{ lo: number | null; hi: number | null }>(RANGE_OF_EVENT, { id });
      if (!found || found.lo === null || found.hi === null) continue;
      const range = { lo: Math.max(lo, found.lo), hi: Math.min(hi, found.hi) };
      if (range.lo <= range.hi) ranges.push(range);
    }
    return ranges;
  }

  /** `INDEXED BY` needs the written-out state of the partial index. */
  #due(
    { row, bound }: Conditions,
    asc: boolean,
    after: DeliveryPosition | null,
    offset: number,
    limit: number,
  ): number[] {
    const direction = asc ? 'ASC' : 'DESC';
    const behind = after ? ` AND (d.due_at, d.uid) ${asc ? '>' : '<'} (@due, @uid)` : '';
    return this.#statements
      .all<{ uid: number }>(
        `SELECT d.uid FROM delivery d INDEXED BY delivery_retrying
         WHERE d.state = 1 AND ${row}${behind}
         ORDER BY d.due_at ${direction}, d.uid ${direction} LIMIT @limit OFFSET @offset`,
        { ...bound, due: after?.dueAt ?? 0, uid: after?.uid ?? 0, offset, limit },
      )
      .map(({ uid }) => uid);
  }

  #shown(uids: number[], limit: number): { rows: DeliveryRow[]; more: boolean } {
    return { rows: uids.slice(0, limit).map((uid) => this.#row(uid)), more: uids.length > limit };
  }

  #row(uid: number): DeliveryRow {
    const row = this.#statements.get<DeliveryRecord>(ROW, { uid });
    if (!row) throw new Error(`delivery ${uid} vanished within a snapshot`);
    return toDeliveryRow(row);
  }
}

function isRetrying(status: string): boolean {
  return status === 'retrying';
}
