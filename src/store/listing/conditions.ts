import { OPEN_BELOW, STATE } from '../../domain/delivery.js';
import { eventTypeCode } from '../../domain/event-types.js';
import type { Asking } from '../asking.js';
import { OPEN_TEST } from '../statistics.js';
import type { DeliveryFilter, DeliveryStatus } from '../store.js';
import { askAll, type Bound, type ListDialect, type Rows } from './dialect.js';

const HELD_WEBHOOKS = `
  SELECT w.uid FROM webhook w CROSS JOIN webhook_version v
  LEFT JOIN lane l ON l.webhook_uid = w.uid
  WHERE v.id = w.version_id AND (w.deleted_at IS NOT NULL OR v.status <> 'active' OR l.health = 'open')`;

const DISABLED_WEBHOOKS = `
  SELECT w.uid FROM webhook w CROSS JOIN webhook_version v
  WHERE v.id = w.version_id AND (w.deleted_at IS NOT NULL OR v.status <> 'active')`;

/** What a filter says in SQL. */
export interface Conditions {
  /** Of `webhook_uid`, `event_type`, `state`; empty where all of them may be anything. */
  cell: string;
  /** Of `source`, the id of one in a block. */
  sourceId: string;
  /** Of a delivery `d`: all of the filter. */
  row: string;
  /** The same, of deliveries from `@lo` to `@hi` alone. */
  ranged: string;
  from: number;
  to: number;
  bound: Bound;
}

const all = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' AND ');

/** Reads which lanes take no attempts; within the snapshot of the list. */
export function* readConditions(rows: Rows, filter: DeliveryFilter): Asking<Conditions> {
  const { dialect } = rows;
  const { webhookUids, eventTypes, statuses, sources, eventIds } = filter;
  const held = statuses ? yield* askAll<{ uid: number }>(rows, HELD_WEBHOOKS) : [];
  const disabled = filter.enabledOnly ? yield* askAll<{ uid: number }>(rows, DISABLED_WEBHOOKS) : [];
  const from = filter.from ?? 0;
  const to = filter.to ?? Number.MAX_SAFE_INTEGER;
  return {
    cell: cellCondition(dialect, filter, ''),
    sourceId: sources ? `source IN (SELECT id FROM source WHERE ${dialect.within('name', 'sources')})` : '',
    row: rowCondition(dialect, filter, 'd'),
    ranged: rowCondition(dialect, filter, 'd', true),
    from,
    to,
    bound: {
      webhooks: webhookUids ?? [],
      types: (eventTypes ?? []).map(eventTypeCode).filter((code) => code !== undefined),
      states: (statuses ?? []).flatMap(statesShownAs),
      held: held.map(({ uid }) => uid),
      disabled: disabled.map(({ uid }) => uid),
      sources: sources ?? [],
      events: eventIds ?? [],
      from,
      to,
    },
  };
}

/**
 * All of the filter, of a delivery that the statement calls `alias`.
 * @param ranged as of `ListDialect.ofSources`
 */
export function rowCondition(
  dialect: ListDialect,
  filter: DeliveryFilter,
  alias: string,
  ranged = false,
): string {
  const { within } = dialect;
  return all([
    cellCondition(dialect, filter, `${alias}.`),
    filter.from !== null || filter.to !== null ? `${alias}.accepted_at BETWEEN @from AND @to` : '',
    filter.eventIds ? within(`${alias}.event_id`, 'events') : '',
    filter.sources ? dialect.ofSources(alias, ranged) : '',
  ]);
}

function cellCondition(
  dialect: ListDialect,
  { webhookUids, eventTypes, statuses, enabledOnly }: DeliveryFilter,
  prefix: string,
): string {
  const { within } = dialect;
  return all([
    webhookUids ? within(`${prefix}webhook_uid`, 'webhooks') : '',
    eventTypes ? within(`${prefix}event_type`, 'types') : '',
    statuses ? stateCondition(dialect, statuses, prefix) : '',
    enabledOnly ? `NOT (${within(`${prefix}webhook_uid`, 'disabled')})` : '',
  ]);
}

/** As stored in rows and in blocks. A test has no retries. */
function statesShownAs(status: DeliveryStatus): number[] {
  if (status === 'held') return [];
  return status === 'pending' ? [STATE.pending, OPEN_TEST] : [STATE[status]];
}

/** What is open in a lane that takes no attempts is `held`, and nothing else. */
function stateCondition(
  { within }: ListDialect,
  statuses: readonly DeliveryStatus[],
  prefix: string,
): string {
  const held = within(`${prefix}webhook_uid`, 'held');
  // Blocks have a state of their own for an open test; and none is ever retrying, so that the queue's list
  // is read from its index alone.
  const tests = prefix !== '' && statuses.some((status) => status === 'pending' || status === 'held');
  const notTest = tests ? ` AND ${prefix}test = 0` : '';
  const open = `${prefix}state < ${OPEN_BELOW}${notTest}`;
  const stored = `${within(`${prefix}state`, 'states')} AND NOT (${open} AND ${held})`;
  return statuses.includes('held') ? `(${stored} OR ${open} AND ${held})` : `(${stored})`;
}
