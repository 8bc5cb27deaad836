import type { DeliveryState } from '../../domain/delivery.js';
import { STATES } from '../../domain/delivery.js';
import { mayBeCut } from '../../domain/retention.js';
import { type Asking, ask } from '../asking.js';
import type { CutRequest, CutStep } from '../history-store.js';
import { askAll, type Rows } from '../listing/dialect.js';
import type { StatDelivery } from '../statistics.js';
import { type EmptyBlocks, uncountInBlocks } from './blocks.js';
import type { Cut, CutEvent } from './cut-rows.js';
import { uncountInLog } from './log.js';

export const NEXT_EVENTS = `
  SELECT id, event_type, created_at, accepted_at, fanout, first_delivery, last_delivery, test FROM event
  WHERE id > @after ORDER BY id LIMIT @limit`;
const EVENT_COLUMNS = 'id, event_type, created_at, accepted_at, fanout, first_delivery, last_delivery, test';
const DELIVERY_COLUMNS = 'uid, webhook_uid, event_id, event_type, state, accepted_at, ended_at, test';

interface CutDelivery {
  uid: number;
  webhook_uid: number;
  event_id: number;
  event_type: number;
  state: number;
  accepted_at: number;
  ended_at: number | null;
  test: number;
}

export interface CutParts {
  /** ms, the store's clock. */
  now: number;
  /** What a statement ends with so that nobody else changes its rows, and rows that somebody does are left out. */
  locking: string;
  /** What a statement ends with so that nobody else changes its rows. */
  waiting: string;
  /** Takes a delivery out of statistics and blocks, as any other change of state. */
  left(delivery: StatDelivery, state: DeliveryState, endedAt: number | null): void;
}

/** A step of a pass; used within a write transaction, by one at a time, while nobody files or takes blocks in. */
export function* cutEvents(
  rows: Rows,
  { keepMs, after, limit }: CutRequest,
  parts: CutParts,
): Asking<CutStep & { empty: EmptyBlocks }> {
  const cutoff = parts.now - keepMs;
  const next = yield* askAll<CutEvent>(rows, NEXT_EVENTS, { after, limit });
  const { old, passed, more } = oldest(next, { cutoff, now: parts.now, limit, after });
  const { events, deliveries } = yield* whole(rows, old, parts.locking);
  const going = events.filter(({ id, fanout }) => {
    const own = deliveries.get(id) ?? [];
    // Fewer are there where somebody changes one of them at this moment.
    return own.length === fanout && mayBeCut(own.map(aged), cutoff);
  });
  const step = { cut: going.length, passed, more };
  if (going.length === 0) return { ...step, empty: [] };
  const gone = going.flatMap(({ id }) => deliveries.get(id) ?? []);
  const cut = toCut(going, gone);
  const empty = yield* uncountInBlocks(rows, cut);
  yield* uncountInLog(rows, cut, parts.waiting);
  for (const one of gone) parts.left(counted(one), STATES[one.state] ?? 'pending', one.ended_at);
  yield* drop(rows, cut);
  return { ...step, empty };
}

/**
 * As far as they are old and together small enough. What lies in the future was accepted while the clock was wrong:
 * it stays, and holds up nothing behind it.
 */
function oldest(
  next: readonly CutEvent[],
  { cutoff, now, limit, after }: { cutoff: number; now: number; limit: number; after: number },
): { old: CutEvent[]; passed: number; more: boolean } {
  const old: CutEvent[] = [];
  let passed = after;
  let room = limit;
  for (const event of next) {
    const { accepted_at: at } = event;
    if (at > cutoff && at <= now) return { old, passed, more: false };
    room -= 1 + event.fanout;
    if (room < 0 && passed > after) return { old, passed, more: true };
    passed = event.id;
    if (at <= cutoff) old.push(event);
  }
  return { old, passed, more: next.length === limit };
}

/** The events as nobody else gives them a delivery, or changes one, until the transaction's end. */
function* whole(
  rows: Rows,
  old: readonly CutEvent[],
  locking: string,
): Asking<{ events: CutEvent[]; deliveries: Map<number, CutDelivery[]> }> {
  const deliveries = new Map<number, CutDelivery[]>();
  if (old.length === 0) return { events: [], deliveries };
  const { within, byKey } = rows.dialect;
  const ids = old.map(({ id }) => id);
  const among = { ids, lo: Math.min(...ids), hi: Math.max(...ids) };
  const events = yield* askAll<CutEvent>(
    rows,
    `SELECT ${EVENT_COLUMNS} FROM event
     WHERE id BETWEEN @lo AND @hi AND ${within('id', 'ids')} ORDER BY id${locking}`,
    among,
  );
  const late = yield* askAll<{ uid: number }>(
    rows,
    `SELECT delivery_uid AS uid FROM late_delivery WHERE event_id BETWEEN @lo AND @hi AND ${within('event_id', 'ids')}`,
    among,
  );
  const first = least(events.map(({ first_delivery: uid }) => uid));
  const last = -least(events.map(({ last_delivery: uid }) => (uid === null ? null : -uid)));
  const found = yield* askAll<CutDelivery>(
    rows,
    `SELECT ${DELIVERY_COLUMNS} FROM delivery${byKey}
     WHERE uid BETWEEN @first AND @last AND ${within('event_id', 'ids')} ORDER BY uid${locking}`,
    { ids, first, last },
  );
  const known = new Set(found.map(({ uid }) => uid));
  const others = late.map(({ uid }) => uid).filter((uid) => !known.has(uid));
  if (others.length > 0) {
    const sql = `SELECT ${DELIVERY_COLUMNS} FROM delivery WHERE ${within('uid', 'uids')} ORDER BY uid${locking}`;
    found.push(...(yield* askAll<CutDelivery>(rows, sql, { uids: others })));
  }
  for (const one of found) {
    const own = deliveries.get(one.event_id);
    if (own) own.push(one);
    else deliveries.set(one.event_id, [one]);
  }
  return { events, deliveries };
}

/** Nothing: a range that ends before it begins. */
function least(values: readonly (number | null)[]): number {
  return values.reduce<number>((one, other) => Math.min(one, other ?? one), Number.MAX_SAFE_INTEGER);
}

function toCut(events: readonly CutEvent[], deliveries: readonly CutDelivery[]): Cut {
  const ids = events.map(({ id }) => id);
  const uids = deliveries.map(({ uid }) => uid);
  const edges = {
    lo: Math.min(...ids),
    hi: Math.max(...ids),
    first: uids.reduce((one, other) => Math.min(one, other), Number.MAX_SAFE_INTEGER),
    last: uids.reduce((one, other) => Math.max(one, other), 0),
  };
  return { events, ids, uids, bound: { ids, uids, ...edges } };
}

function* drop(rows: Rows, { ids, uids, bound }: Cut): Asking<void> {
  const { within } = rows.dialect;
  const { lo = 0, hi = 0, first = 0, last = 0 } = bound;
  if (uids.length > 0) {
    const range = { uids, first, last };
    const attempts = `delivery_uid BETWEEN @first AND @last AND ${within('delivery_uid', 'uids')}`;
    yield* ask(rows.all(`DELETE FROM attempt WHERE ${attempts}`, range));
    const deliveries = `uid BETWEEN @first AND @last AND ${within('uid', 'uids')}`;
    yield* ask(rows.all(`DELETE FROM delivery WHERE ${deliveries}`, range));
  }
  const range = { ids, lo, hi };
  const late = `event_id BETWEEN @lo AND @hi AND ${within('event_id', 'ids')}`;
  yield* ask(rows.all(`DELETE FROM late_delivery WHERE ${late}`, range));
  yield* ask(rows.all(`DELETE FROM event WHERE id BETWEEN @lo AND @hi AND ${within('id', 'ids')}`, range));
}

const aged = ({ state, ended_at }: CutDelivery) => ({ state, endedAt: ended_at });

const counted = (row: CutDelivery): StatDelivery => ({
  uid: row.uid,
  webhookUid: row.webhook_uid,
  eventType: row.event_type,
  acceptedAt: row.accepted_at,
  test: row.test !== 0,
});
