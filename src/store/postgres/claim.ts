import { isTooOld } from '../../domain/freshness.js';
import { wasHeldTooLong } from '../../domain/held.js';
import { EXPIRED_AT_ONCE, ORDERED_WINDOW } from '../at-once.js';
import { dueIn } from '../due.js';
import type { ClaimResult, HeldDelivery, Session } from '../store.js';
import type { WindowChange } from '../window.js';
import { ahead } from './ahead.js';
import { type ClaimRow, freeRows, holdRows, nextDueAt, type OrderedRow, orderedRows } from './claim-rows.js';
import { type ExpiryReason, endRows } from './expiry.js';
import { LaneOwners } from './lane-owners.js';
import type { Ordering } from './ordering.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

export interface ClaimRequest {
  session: Session;
  webhookUid: number;
  limit: number;
}

export interface ProbeResult {
  delivery: HeldDelivery | null;
  again: boolean;
}

/** Rows of one lane in a claim: other lanes wait until it is over. */
const CLAIM_AT_ONCE = 1024;
/** A row before all others is in the hands of a node that may not attempt it any more, and gives it back soon. */
const FOREIGN_HEAD_MS = 1_000;

const NOTHING: ClaimResult = { deliveries: [], more: false, nextDueMs: null, again: false };

/** What one claim takes and ends, decided before anything is written. */
interface Picked {
  taken: ClaimRow[];
  expired: { row: ClaimRow; reason: ExpiryReason }[];
  /** Something that could have been taken was left. */
  more: boolean;
}

/** One lane, from the decision what is taken to the answer. */
interface Claim {
  request: ClaimRequest;
  hands: WindowChange;
  subscription: Subscription;
  tookOver: boolean;
}

/** Claims of one lane come one after the other, those of several lanes together. */
export async function claimGroup(
  tx: Transaction,
  requests: readonly ClaimRequest[],
  ordering: Ordering,
): Promise<ClaimResult[]> {
  await tx.begin();
  const owners = await lockLanes(tx, requests);
  const results: ClaimResult[] = [];
  for (let round = requests.map((_, index) => index); round.length > 0; ) {
    const first = new Map<number, number>();
    for (const index of round) {
      const uid = requests[index]?.webhookUid ?? 0;
      if (!first.has(uid)) first.set(uid, index);
    }
    const now = new Set(first.values());
    await Promise.all(
      [...now].map(async (index) => {
        const request = requests[index];
        if (request) results[index] = await claim(tx, request, owners, ordering);
      }),
    );
    round = round.filter((index) => !now.has(index));
  }
  owners.write(tx);
  return results;
}

export async function claimProbe(
  tx: Transaction,
  { session, webhookUid }: { session: Session; webhookUid: number },
  ordering: Ordering,
): Promise<ProbeResult> {
  const hands = windowOf(tx, session);
  const subscription = tx.subscriptions.get(webhookUid);
  const nothing = { delivery: null, again: false };
  if (!subscription?.enabled || subscription.active) return nothing;
  const owners = new LaneOwners();
  await owners.lock(tx, [webhookUid]);
  const tookOver = takeLane(tx, owners, session, subscription);
  if (tookOver === null) return nothing;
  if (subscription.ordered && (await ordering.place(tx, webhookUid, owners.isUnplaced(webhookUid)))) {
    owners.write(tx);
    return { delivery: null, again: true };
  }
  const most = 1 + EXPIRED_AT_ONCE;
  const rows = subscription.ordered
    ? untilHeld(tx, await orderedRows(tx, webhookUid, most))
    : await freeRows(tx, webhookUid, null, subscription.maxAge === null ? 2 : most);
  const picked = pick(tx, hands, subscription, rows, 1);
  const [delivery = null] = await take(tx, { hands, session, subscription }, picked);
  owners.write(tx);
  return { delivery, again: delivery === null && picked.expired.length > 0 };
}

async function lockLanes(tx: Transaction, requests: readonly ClaimRequest[]): Promise<LaneOwners> {
  const lanes = new Set<number>();
  for (const { webhookUid } of requests) {
    const subscription = tx.subscriptions.get(webhookUid);
    if (subscription?.active && subscription.exclusive) lanes.add(webhookUid);
  }
  const owners = new LaneOwners();
  await owners.lock(
    tx,
    [...lanes].sort((a, b) => a - b),
  );
  return owners;
}

/** Whether another had the locked lane before; null: another living session has it. */
function takeLane(
  tx: Transaction,
  owners: LaneOwners,
  session: Session,
  { webhookUid, exclusive }: Subscription,
): boolean | null {
  if (!exclusive) return false;
  const owner = owners.ownerOf(webhookUid);
  if (owner === session.id) return false;
  if (tx.living.has(owner)) return null;
  owners.take(webhookUid, session.id);
  return owner !== 0;
}

async function claim(
  tx: Transaction,
  request: ClaimRequest,
  owners: LaneOwners,
  ordering: Ordering,
): Promise<ClaimResult> {
  const { session, webhookUid } = request;
  const hands = windowOf(tx, session);
  const subscription = tx.subscriptions.get(webhookUid);
  // A held lane stays spilled: what waits there goes first when it opens.
  if (!subscription?.active) return NOTHING;
  const tookOver = takeLane(tx, owners, session, subscription);
  if (tookOver === null) {
    // Nothing fresh comes to these hands while the lane is another's.
    hands.spill(webhookUid);
    return NOTHING;
  }
  const one: Claim = { request, hands, subscription, tookOver };
  const result = subscription.ordered
    ? await claimOrdered(tx, one, ordering, owners)
    : await claimShared(tx, one);
  return tookOver ? { ...result, tookOver: true } : result;
}

async function claimShared(tx: Transaction, { request, hands, subscription }: Claim): Promise<ClaimResult> {
  const { session, webhookUid } = request;
  const wanted = Math.min(request.limit, CLAIM_AT_ONCE);
  const most = Math.min(wanted, hands.window.room(webhookUid)) + 1 + extra(subscription);
  const rows = await freeRows(tx, webhookUid, tx.now, most);
  // Fresh rows may have come to hand meanwhile.
  const limit = Math.min(wanted, hands.window.room(webhookUid));
  const picked = pick(tx, hands, subscription, rows, limit);
  if (picked.more) hands.spill(webhookUid);
  else hands.unspill(webhookUid);
  const taking = ahead(take(tx, { hands, session, subscription }, picked));
  const again = picked.expired.length > 0;
  if (picked.more) return { deliveries: await taking, more: true, nextDueMs: 0, again };
  const asking = nextDueAt(tx, webhookUid);
  const deliveries = await taking;
  const next = await asking;
  return { deliveries, more: false, nextDueMs: next === null ? null : dueIn(tx.now, next), again: false };
}

async function claimOrdered(
  tx: Transaction,
  { request, hands, subscription }: Claim,
  ordering: Ordering,
  owners: LaneOwners,
): Promise<ClaimResult> {
  const { session, webhookUid } = request;
  // Whatever comes of it: what is fresh goes to memory only behind all that waits.
  hands.spill(webhookUid);
  if (await ordering.place(tx, webhookUid, owners.isUnplaced(webhookUid)))
    return { ...NOTHING, more: true, again: true };
  const limit = Math.min(request.limit, hands.window.room(webhookUid), ORDERED_WINDOW);
  const open = await orderedRows(tx, webhookUid, limit + 1 + extra(subscription));
  const due: OrderedRow[] = [];
  let dueInMs: number | null = null;
  let mine = false;
  for (const row of open) {
    mine = row.owner === session.id;
    if (mine) break;
    const inMs = tx.living.has(row.owner) ? FOREIGN_HEAD_MS : dueIn(tx.now, row.due_at);
    if (inMs > 0) {
      dueInMs = inMs;
      break;
    }
    due.push(row);
  }
  const picked = pick(tx, hands, subscription, due, limit);
  const deliveries = await take(tx, { hands, session, subscription }, picked);
  const again = picked.expired.length > 0 && deliveries.length === 0;
  if (picked.more) return { deliveries, more: true, nextDueMs: 0, again };
  // Behind one that is not due, and behind what is in hand, fresh rows must queue in the store.
  if (mine || dueInMs !== null) return { deliveries, more: mine, nextDueMs: dueInMs, again };
  hands.unspill(webhookUid);
  // Another node may be the next to accept for this lane: what this one accepts after that is not the first.
  return { deliveries, more: false, nextDueMs: null, again: false, lastSeq: owners.lastSeqOf(webhookUid) };
}

/** Rows that may have to be ended before one can be taken. */
function extra({ maxAge, expiredUntil, expiries }: Subscription): number {
  return maxAge === null && expiredUntil === 0 && expiries === 0 ? 0 : EXPIRED_AT_ONCE;
}

/** The first rows, as far as no living session holds one. */
function untilHeld(tx: Transaction, rows: readonly OrderedRow[]): OrderedRow[] {
  const held = rows.findIndex((row) => tx.living.has(row.owner));
  return held < 0 ? [...rows] : rows.slice(0, held);
}

async function take(
  tx: Transaction,
  { hands, session, subscription }: { hands: WindowChange; session: Session; subscription: Subscription },
  { taken, expired }: Picked,
): Promise<HeldDelivery[]> {
  // In hand from now on: while the database writes, others count what there is room for.
  for (const row of taken) {
    hands.hold(row.uid, { webhookUid: subscription.webhookUid, claimNo: row.claim_no + 1, bytes: row.bytes });
  }
  const { webhookUid } = subscription;
  const reasons = new Map(expired.map(({ row, reason }) => [row.uid, reason]));
  endRows(
    tx,
    expired.map(({ row }) => ({ ...row, webhook_uid: webhookUid, test: 0 })),
    ({ uid }) => ({ state: 'expired', reason: reasons.get(uid) ?? 'too-old' }),
  );
  return holdRows(tx, session.id, webhookUid, taken);
}

/** Row by row, so that no more is taken than fits. */
function pick(
  tx: Transaction,
  { window }: WindowChange,
  subscription: Subscription,
  rows: readonly ClaimRow[],
  limit: number,
): Picked {
  const { webhookUid } = subscription;
  const picked: Picked = { taken: [], expired: [], more: false };
  let bytes = 0;
  for (const row of rows) {
    const reason = expiryOf(tx, subscription, row);
    if (reason) {
      picked.expired.push({ row, reason });
      picked.more = picked.expired.length >= EXPIRED_AT_ONCE;
      if (picked.more) break;
      continue;
    }
    const alone = picked.taken.length === 0 && window.heldIn(webhookUid) === 0;
    picked.more =
      picked.taken.length >= limit ||
      !(alone || window.fits(webhookUid, picked.taken.length + 1, bytes + row.bytes));
    if (picked.more) break;
    picked.taken.push(row);
    bytes += row.bytes;
  }
  return picked;
}

/** Why it must not be attempted; null: it may. */
function expiryOf(tx: Transaction, subscription: Subscription, row: ClaimRow): ExpiryReason | null {
  if (isTooOld(row.created_at, subscription.maxAge, tx.now)) return 'too-old';
  const { uid, accepted_at: acceptedAt, resent_at: resentAt, spared } = row;
  return wasHeldTooLong({ uid, acceptedAt, resentAt, spared }, subscription) ? 'held-too-long' : null;
}

function windowOf(tx: Transaction, session: Session): WindowChange {
  const hands = tx.window(session.id);
  if (!hands) throw new Error(`session ${session.id} has ended`);
  return hands;
}
