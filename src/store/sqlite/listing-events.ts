import { eventTypeName } from '../../domain/event-types.js';
import type { EventFilter, EventListRow, Listed, Slice } from '../store.js';
import { type ConditionsReader, rowCondition } from './listing-conditions.js';
import type { DeliveryList } from './listing-deliveries.js';
import { facetBlocks } from './listing-facets.js';
import type { Statements } from './listing-statements.js';
import { Tree } from './listing-tree.js';

const MARK = "SELECT value FROM meta WHERE name = 'events in blocks'";
const ROW = `
  SELECT id, event_type, source, data, created_at, accepted_at, fanout FROM event WHERE id = @id`;
const EVENT_OF_DELIVERY = 'SELECT event_id FROM delivery WHERE uid = @uid';
const LAST_UNTIL = `
  SELECT last_delivery AS uid FROM event WHERE id <= @id AND fanout > 0 ORDER BY id DESC LIMIT 1`;
const FIRST_SINCE = `
  SELECT first_delivery AS uid FROM event WHERE id >= @id AND fanout > 0 ORDER BY id LIMIT 1`;

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

/** Lists of events; used within a snapshot of the read connection. */
export class EventList {
  readonly #statements: Statements;
  readonly #conditions: ConditionsReader;
  readonly #deliveries: DeliveryList;
  readonly #levels: readonly number[];

  constructor(
    statements: Statements,
    conditions: ConditionsReader,
    deliveries: DeliveryList,
    levels: readonly number[],
  ) {
    this.#statements = statements;
    this.#conditions = conditions;
    this.#deliveries = deliveries;
    this.#levels = levels;
  }

  list(request: Request): Listed<EventListRow> {
    const { webhookUids, statuses, unmatched } = request.filter;
    const byDelivery = webhookUids !== null || statuses !== null;
    if (byDelivery && unmatched)
      return { total: 'offset' in request.slice ? 0 : null, rows: [], more: false };
    const { total, ids, more } = byDelivery ? this.#byDelivery(request) : this.#byId(request);
    return { total, rows: ids.map((id) => this.#row(id)), more };
  }

  #byId({ filter, asc, slice }: Request): { total: number | null; ids: number[]; more: boolean } {
    if ('offset' in slice) {
      const { total, uids } = this.#tree(filter, 1, Number.MAX_SAFE_INTEGER).page(
        asc,
        slice.offset,
        slice.limit,
      );
      return { total, ids: uids, more: false };
    }
    const { after, limit } = slice;
    const lo = asc && after !== null ? after + 1 : 1;
    const hi = !asc && after !== null ? after - 1 : Number.MAX_SAFE_INTEGER;
    const found = this.#tree(filter, lo, hi).first(asc, limit + 1);
    return { total: null, ids: found.slice(0, limit), more: found.length > limit };
  }

  /**
   * Events and their deliveries are in the same order, so that each event is listed by the first of its
   * deliveries that match.
   */
  #byDelivery({ filter, asc, slice }: Request): { total: number | null; ids: number[]; more: boolean } {
    // An event has one delivery for a webhook, and a test has an event of its own.
    const one = filter.webhookUids?.length === 1;
    const first = one
      ? 'd.test = 0'
      : `d.test = 0 AND NOT EXISTS (
          SELECT 1 FROM event o CROSS JOIN delivery p NOT INDEXED
          WHERE o.id = d.event_id AND p.uid >= o.first_delivery AND p.uid < d.uid AND p.event_id = o.id
            AND ${rowCondition(filter, 'p')})`;
    const position =
      'offset' in slice
        ? slice
        : { limit: slice.limit, after: slice.after === null ? null : this.#edge(slice.after, asc) };
    const { total, uids, more } = this.#deliveries.uids(filter, asc, position, first);
    const ids = uids.map(
      (uid) => this.#statements.get<{ event_id: number }>(EVENT_OF_DELIVERY, { uid })?.event_id ?? 0,
    );
    return { total, ids, more };
  }

  /** The delivery behind which those of the next event are; null: all are. */
  #edge(id: number, asc: boolean): { uid: number } | null {
    return this.#statements.get<{ uid: number }>(asc ? LAST_UNTIL : FIRST_SINCE, { id }) ?? null;
  }

  #tree(filter: EventFilter, lo: number, hi: number): Tree {
    const statements = this.#statements;
    const { bound, from, to } = this.#conditions.conditions(filter);
    const types = filter.eventTypes ? 'event_type IN (SELECT value FROM json_each(@types))' : '';
    const sourceNames = 'SELECT value FROM json_each(@sources)';
    const timed = filter.from !== null || filter.to !== null;
    const where = [
      'e.test = 0',
      types,
      filter.unmatched ? 'e.fanout = 0' : '',
      filter.sources ? `e.source IN (${sourceNames})` : '',
      timed ? 'e.accepted_at BETWEEN @from AND @to' : '',
    ].filter((part) => part !== '');
    const rows = `FROM event e NOT INDEXED WHERE e.id BETWEEN @lo AND @hi AND ${where.join(' AND ')}`;
    const facets = {
      table: 'event_block' as const,
      sums: [
        {
          table: 'event_block_type',
          condition: [types, filter.unmatched ? 'unmatched = 1' : ''].filter((part) => part).join(' AND '),
        },
        {
          table: 'event_block_source',
          condition: filter.sources ? `source IN (SELECT id FROM source WHERE name IN (${sourceNames}))` : '',
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
            .all<{ id: number }>(
              `SELECT e.id ${rows} ORDER BY e.id ${asc ? 'ASC' : 'DESC'} LIMIT @limit OFFSET @offset`,
              { ...bound, lo: first, hi: last, offset, limit },
            )
            .map(({ id }) => id),
      },
      ranges,
    );
  }

  #row(id: number): EventListRow {
    const row = this.#statements.get<EventRecord>(ROW, { id });
    if (!row) throw new Error(`event ${id} vanished within a snapshot`);
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
}
