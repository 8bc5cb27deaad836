import { eventTypeName } from '../../domain/event-types.js';
import type { Asking } from '../asking.js';
import type { EventFilter, EventListRow, Listed, Slice } from '../store.js';
import { readConditions, rowCondition } from './conditions.js';
import type { DeliveryList } from './deliveries.js';
import { askAll, askOne, lastInBlocks, type Rows } from './dialect.js';
import { countBlocks, facetBlocks } from './facets.js';
import { Tree } from './tree.js';

const ROW = 'SELECT id, event_type, source, data, created_at, accepted_at, fanout FROM event WHERE ';
const EVENT_OF_DELIVERY = 'SELECT uid, event_id FROM delivery WHERE ';
const LAST_UNTIL = `
  SELECT last_delivery AS uid FROM event WHERE id <= @id AND first_delivery IS NOT NULL ORDER BY id DESC LIMIT 1`;
const FIRST_SINCE = `
  SELECT first_delivery AS uid FROM event WHERE id >= @id AND first_delivery IS NOT NULL ORDER BY id LIMIT 1`;

interface EventRecord {
  id: number;
  event_type: number;
  source: string;
  data: string;
  created_at: number;
  accepted_at: number;
  fanout: number;
}

interface Request {
  filter: EventFilter;
  asc: boolean;
  slice: Slice<number>;
}

/** Lists of events; used within one snapshot. */
export class EventList {
  readonly #rows: Rows;
  readonly #deliveries: DeliveryList;

  constructor(rows: Rows, deliveries: DeliveryList) {
    this.#rows = rows;
    this.#deliveries = deliveries;
  }

  *list(request: Request): Asking<Listed<EventListRow>> {
    const { webhookUids, statuses, unmatched } = request.filter;
    const byDelivery = webhookUids !== null || statuses !== null;
    if (byDelivery && unmatched)
      return { total: 'offset' in request.slice ? 0 : null, rows: [], more: false };
    const { total, ids, more } = byDelivery ? yield* this.#byDelivery(request) : yield* this.#byId(request);
    return { total, rows: yield* this.#shown(ids), more };
  }

  *#byId({ filter, asc, slice }: Request): Asking<{ total: number | null; ids: number[]; more: boolean }> {
    if ('offset' in slice) {
      const tree = yield* this.tree(filter, 1, Number.MAX_SAFE_INTEGER);
      const { total, uids } = yield* tree.page(asc, slice.offset, slice.limit);
      return { total, ids: uids, more: false };
    }
    const { after, limit } = slice;
    const lo = asc && after !== null ? after + 1 : 1;
    const hi = !asc && after !== null ? after - 1 : Number.MAX_SAFE_INTEGER;
    const found = yield* (yield* this.tree(filter, lo, hi)).first(asc, limit + 1);
    return { total: null, ids: found.slice(0, limit), more: found.length > limit };
  }

  /**
   * Events and their deliveries are in the same order, so that each event is listed by the first of its
   * deliveries that match. Events that two nodes accept at the same instant may have theirs the other way
   * round: then these two are listed so. One that matches only by a delivery that a job gave it later is listed
   * where that delivery is.
   */
  *#byDelivery({
    filter,
    asc,
    slice,
  }: Request): Asking<{ total: number | null; ids: number[]; more: boolean }> {
    const { dialect } = this.#rows;
    // An event has one delivery for a webhook, and a test has an event of its own.
    const one = filter.webhookUids?.length === 1;
    const first = one
      ? 'd.test = 0'
      : // A value, not `NOT EXISTS`: PostgreSQL would join all events with all deliveries.
        `d.test = 0 AND (
          SELECT 1 FROM event o CROSS JOIN delivery p${dialect.byKey}
          WHERE o.id = d.event_id AND p.uid >= o.first_delivery AND p.uid <= o.last_delivery AND p.uid < d.uid
            AND p.event_id = o.id AND ${rowCondition(dialect, filter, 'p')} LIMIT 1) IS NULL
        AND (
          SELECT 1 FROM late_delivery l CROSS JOIN delivery p${dialect.byKey}
          WHERE l.event_id = d.event_id AND l.delivery_uid < d.uid AND p.uid = l.delivery_uid
            AND ${rowCondition(dialect, filter, 'p')} LIMIT 1) IS NULL`;
    const position =
      'offset' in slice
        ? slice
        : {
            limit: slice.limit,
            after: slice.after === null ? null : yield* this.#edge(slice.after, filter, asc),
          };
    const { total, uids, more } = yield* this.#deliveries.uids(filter, asc, position, first);
    const events = yield* askAll<{ uid: number; event_id: number }>(
      this.#rows,
      EVENT_OF_DELIVERY + dialect.within('uid', 'uids'),
      { uids },
    );
    const idOf = new Map(events.map(({ uid, event_id }) => [uid, event_id]));
    return { total, ids: uids.map((uid) => idOf.get(uid) ?? 0), more };
  }

  /** The delivery behind which those of the next event are; null: all are. */
  *#edge(id: number, filter: EventFilter, asc: boolean): Asking<{ uid: number } | null> {
    // By which the event was listed, unless none of its deliveries matches any more.
    const { bound, row } = yield* readConditions(this.#rows, filter);
    const listed = yield* askOne<{ uid: number | null }>(
      this.#rows,
      `SELECT min(uid) AS uid FROM (
       SELECT d.uid FROM event o CROSS JOIN delivery d${this.#rows.dialect.byKey}
       WHERE o.id = @id AND d.uid BETWEEN o.first_delivery AND o.last_delivery AND d.event_id = o.id AND ${row}
       UNION ALL
       SELECT d.uid FROM late_delivery l CROSS JOIN delivery d${this.#rows.dialect.byKey}
       WHERE l.event_id = @id AND d.uid = l.delivery_uid AND ${row}) listed`,
      { ...bound, id },
    );
    const uid = listed?.uid ?? null;
    if (uid !== null) return { uid };
    return (yield* askOne<{ uid: number }>(this.#rows, asc ? LAST_UNTIL : FIRST_SINCE, { id })) ?? null;
  }

  /** Events by themselves, whatever became of their deliveries. */
  *tree(filter: EventFilter, lo: number, hi: number): Asking<Tree> {
    const rows = this.#rows;
    const { within, byKey } = rows.dialect;
    const { bound, from, to } = yield* readConditions(rows, filter);
    const types = filter.eventTypes ? within('event_type', 'types') : '';
    const timed = filter.from !== null || filter.to !== null;
    const where = [
      'e.test = 0',
      types,
      filter.unmatched ? 'e.fanout = 0' : '',
      filter.sources ? within('e.source', 'sources') : '',
      timed ? 'e.accepted_at BETWEEN @from AND @to' : '',
    ].filter((part) => part !== '');
    const found = `FROM event e${byKey} WHERE e.id BETWEEN @lo AND @hi AND ${where.join(' AND ')}`;
    const facets = {
      table: 'event_block' as const,
      sums: [
        {
          table: 'event_block_type',
          condition: [types, filter.unmatched ? 'unmatched = 1' : ''].filter((part) => part).join(' AND '),
        },
        {
          table: 'event_block_source',
          condition: filter.sources
            ? `source IN (SELECT id FROM source WHERE ${within('name', 'sources')})`
            : '',
        },
      ].filter(({ condition }) => condition !== ''),
      inexact: false,
      from,
      to,
      bound,
    };
    const ranges = filter.eventIds
      ? [...new Set(filter.eventIds)]
          .filter((id) => id >= lo && id <= hi)
          .sort((a, b) => a - b)
          .map((id) => ({ lo: id, hi: id }))
      : [{ lo, hi }];
    return new Tree(
      {
        levels: rows.levels,
        lastInBlocks: yield* lastInBlocks(rows, 'events'),
        blocks: (level, first, last) => facetBlocks(rows, facets, level, first, last),
        *count(first, last) {
          const sql = `SELECT count(*) AS count ${found}`;
          const row = yield* askOne<{ count: number }>(rows, sql, { ...bound, lo: first, hi: last });
          return row?.count ?? 0;
        },
        *counts(level, first, last) {
          return yield* countBlocks(rows, {
            table: 'event_block',
            found: `SELECT count(*) ${found}`,
            level,
            first,
            last,
            bound,
          });
        },
        *uids({ lo: first, hi: last, asc, offset, limit }) {
          const sql = `SELECT e.id ${found} ORDER BY e.id ${asc ? 'ASC' : 'DESC'} LIMIT @limit OFFSET @offset`;
          const page = { ...bound, lo: first, hi: last, offset, limit };
          return (yield* askAll<{ id: number }>(rows, sql, page)).map(({ id }) => id);
        },
      },
      ranges,
    );
  }

  *#shown(ids: readonly number[]): Asking<EventListRow[]> {
    if (ids.length === 0) return [];
    const sql = ROW + this.#rows.dialect.within('id', 'ids');
    const found = yield* askAll<EventRecord>(this.#rows, sql, { ids });
    const byId = new Map(found.map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = byId.get(id);
      if (!row) throw new Error(`event ${id} vanished within a snapshot`);
      return toRow(row);
    });
  }
}

function toRow(row: EventRecord): EventListRow {
  return {
    eventId: row.id,
    eventType: eventTypeName(row.event_type),
    source: row.source,
    data: row.data,
    createdAt: row.created_at,
    acceptedAt: row.accepted_at,
    fanout: row.fanout,
  };
}
