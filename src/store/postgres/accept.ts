import { eventTypeCode } from '../../domain/event-types.js';
import { CONFLICT, type Plan, planAcceptance, type Refused } from '../acceptance.js';
import { ORDERED_WINDOW } from '../at-once.js';
import type { AcceptedItem, AcceptRequest, AcceptResult, HeldDelivery } from '../store.js';
import {
  type DeliveryRow,
  type EventRow,
  insertDeliveries,
  insertEvents,
  insertKeys,
  type KeyRow,
} from './accept-rows.js';
import { ahead } from './ahead.js';
import { LaneOwners } from './lane-owners.js';
import { numbers, texts } from './literal.js';
import type { Subscription, Subscriptions } from './subscriptions.js';
import type { Transaction } from './transaction.js';
import { Uids } from './uids.js';

const KNOWN_KEYS = `
  SELECT i.credential, i.key, i.hash, i.event_id AS "eventId"
  FROM unnest($1::text[], $2::text[]) AS k (credential, key)
  JOIN idempotency i ON i.credential = k.credential AND i.key = k.key
  WHERE i.at > latchhook_now() - $3::bigint`;
const LANES_WITH_OPEN = `
  SELECT l.webhook_uid FROM unnest($1::bigint[]) AS l (webhook_uid)
  WHERE EXISTS (SELECT FROM delivery d WHERE d.webhook_uid = l.webhook_uid AND d.state < 2)`;

type Write = Extract<Plan<Subscription>, { kind: 'write' }>;

/** What a request did besides giving numbers. */
interface Rest {
  offered: HeldDelivery[];
  spilled: Set<number>;
}

export interface AcceptanceLimits {
  retainIdempotencyMs: number;
}

/** How many rows a request is going to write, by the subscriptions as they were read last. */
export function acceptedRows(subscriptions: Subscriptions, { events }: AcceptRequest): number {
  let rows = events.length;
  for (const { eventType } of events) {
    const code = eventTypeCode(eventType);
    if (code !== undefined) rows += subscriptions.to(code).length;
  }
  return rows;
}

/**
 * Accepts a group. Everything that can be asked before anything is known goes out together with the begin of
 * the transaction, and everything that is written together with its end: a group takes two ways to the
 * database and back.
 */
export async function acceptGroup(
  tx: Transaction,
  requests: readonly AcceptRequest[],
  { retainIdempotencyMs }: AcceptanceLimits,
): Promise<AcceptResult[]> {
  const acceptance = new Acceptance(tx, requests);
  const { generation } = tx.subscriptions;
  const asked = [ahead(acceptance.prepare()), ahead(acceptance.readKeys(retainIdempotencyMs))];
  await tx.begin();
  await Promise.all(asked);
  // Webhooks changed: there may be more to write, and other lanes to lock.
  if (tx.subscriptions.generation !== generation) await acceptance.prepare();
  await acceptance.lookAtFree();
  const results = requests.map((request) => acceptance.accept(request));
  acceptance.write(retainIdempotencyMs);
  return results;
}

const keyOf = (credential: string, key: string) => JSON.stringify([credential, key]);

class Acceptance {
  readonly #tx: Transaction;
  readonly #requests: readonly AcceptRequest[];
  #eventIds = new Uids('event');
  #uids = new Uids('delivery');
  readonly #lanes = new LaneOwners();
  /** Exclusive lanes without an owner and without open rows. */
  readonly #free = new Set<number>();
  /** Of the database, and of the requests before in this group. */
  readonly #known = new Map<string, { hash: string; eventId: number }>();
  readonly #events: EventRow[] = [];
  readonly #deliveries: DeliveryRow[] = [];
  readonly #keys: KeyRow[] = [];

  constructor(tx: Transaction, requests: readonly AcceptRequest[]) {
    this.#tx = tx;
    this.#requests = requests;
  }

  /** Takes numbers and locks lanes, by the subscriptions as they are known now. */
  async prepare(): Promise<void> {
    const tx = this.#tx;
    let events = 0;
    let deliveries = 0;
    const ordered = new Set<number>();
    const exclusive = new Set<number>();
    for (const request of this.#requests) {
      events += request.events.length;
      for (const { eventType } of request.events) {
        const code = eventTypeCode(eventType);
        if (code === undefined) continue;
        const to = tx.subscriptions.to(code);
        deliveries += to.length;
        for (const subscription of to) {
          if (!subscription.exclusive) continue;
          (subscription.ordered ? ordered : exclusive).add(subscription.webhookUid);
        }
      }
    }
    const unlocked = [...ordered].filter((uid) => !this.#lanes.isLocked(uid)).sort((a, b) => a - b);
    // Numbers that are taken under the lock of an ordered lane have its order: those from before are left out.
    if (unlocked.length > 0) {
      this.#eventIds = new Uids('event');
      this.#uids = new Uids('delivery');
    }
    // Sent in this order.
    await Promise.all([
      this.#lanes.lock(tx, unlocked),
      this.#eventIds.take(tx, events),
      this.#uids.take(tx, deliveries),
      this.#lanes.read(
        tx,
        [...exclusive].filter((uid) => !this.#lanes.knows(uid)),
      ),
    ]);
  }

  async readKeys(retainMs: number): Promise<void> {
    const credentials: string[] = [];
    const keys: string[] = [];
    for (const { credential, events } of this.#requests) {
      for (const { idempotency } of events) {
        if (!idempotency) continue;
        credentials.push(credential);
        keys.push(idempotency.key);
      }
    }
    if (keys.length === 0) return;
    const rows = await this.#tx.run<KeyRow>(KNOWN_KEYS, [texts(credentials), texts(keys), retainMs]);
    for (const { credential, key, hash, eventId } of rows) {
      this.#known.set(keyOf(credential, key), { hash, eventId });
    }
  }

  /**
   * An exclusive lane that nobody was the owner of yet is taken with its first row; that is rare. Where rows of
   * another node wait, a claim takes it: nothing fresh overtakes them.
   */
  async lookAtFree(): Promise<void> {
    const tx = this.#tx;
    const lanes = this.#lanes.neverOwned().sort((a, b) => a - b);
    if (lanes.length === 0) return;
    await this.#lanes.lock(
      tx,
      lanes.filter((uid) => !this.#lanes.isLocked(uid)),
    );
    const waiting = await tx.run<{ webhook_uid: number }>(LANES_WITH_OPEN, [numbers(lanes)]);
    const taken = new Set(waiting.map((row) => row.webhook_uid));
    for (const uid of lanes) if (!taken.has(uid)) this.#free.add(uid);
  }

  accept(request: AcceptRequest): AcceptResult {
    const { credential } = request;
    const planned = planAcceptance<Subscription>(
      request,
      (key) => this.#known.get(keyOf(credential, key)),
      (code) => this.#tx.subscriptions.to(code),
    );
    return Array.isArray(planned) ? this.#take(request, planned) : (planned satisfies Refused);
  }

  write(retainMs: number): void {
    const tx = this.#tx;
    insertKeys(tx, this.#keys, retainMs);
    insertEvents(tx, this.#events, 0);
    insertDeliveries(tx, this.#deliveries, 0);
    this.#lanes.write(tx);
  }

  #take(request: AcceptRequest, plans: readonly Plan<Subscription>[]): AcceptResult {
    const items: AcceptedItem[] = [];
    const rest: Rest = { offered: [], spilled: new Set() };
    for (const plan of plans) {
      if (plan.kind === 'conflict') items.push(CONFLICT);
      else if (plan.kind === 'known') items.push({ eventId: plan.eventId, duplicate: true });
      else if (plan.kind === 'same-as') {
        items.push({ eventId: items[plan.item]?.eventId ?? 0, duplicate: true });
      } else items.push({ eventId: this.#takeEvent(request, plan, rest), duplicate: false });
    }
    return { kind: 'accepted', items, offered: rest.offered, spilled: [...rest.spilled] };
  }

  #takeEvent(request: AcceptRequest, plan: Write, { offered, spilled }: Rest): number {
    const { event, code, to } = plan;
    const { now } = this.#tx;
    const eventId = this.#eventIds.next();
    if (event.idempotency) {
      const { key, hash } = event.idempotency;
      this.#known.set(keyOf(request.credential, key), { hash, eventId });
      this.#keys.push({ credential: request.credential, key, hash, eventId });
    }
    const createdAt = event.createdAt ?? now;
    const stored = { eventId, eventType: event.eventType, createdAt, data: event.data };
    const bytes = Buffer.byteLength(event.data);
    let first: number | null = null;
    let last: number | null = null;
    for (const subscription of to) {
      const { webhookUid, enabled, ordered } = subscription;
      const uid = this.#uids.next();
      first ??= uid;
      last = uid;
      const held = this.#fits(request.session.id, subscription, bytes);
      const laneSeq = ordered ? this.#lanes.nextSeq(webhookUid) : null;
      const owner = held ? request.session.id : 0;
      this.#deliveries.push({ uid, webhookUid, eventId, code, owner, laneSeq });
      this.#tx.tally.entered(
        { uid, webhookUid, eventType: code, acceptedAt: now, test: false },
        'pending',
        null,
      );
      const hands = this.#tx.window(request.session.id);
      if (held) {
        const delivery = { uid, webhookUid, claimNo: 1, attempts: 0, runBase: 0, resend: false };
        hands?.hold(uid, { webhookUid, claimNo: 1, bytes });
        offered.push({ ...delivery, event: stored, acceptedAt: now, laneSeq });
        continue;
      }
      hands?.spill(webhookUid);
      if (!enabled) continue;
      if (this.#isOthers(request.session.id, subscription)) {
        this.#tx.afterwards(() => this.#tx.news.leftIn(webhookUid));
      } else spilled.add(webhookUid);
    }
    this.#events.push({
      id: eventId,
      code,
      source: event.source,
      data: event.data,
      createdAt,
      deliveries: to.length,
      first,
      last,
    });
    return eventId;
  }

  /** Whether a fresh row goes to memory at once. */
  #fits(sessionId: number, subscription: Subscription, bytes: number): boolean {
    const { webhookUid, active, ordered, exclusive } = subscription;
    const window = this.#tx.window(sessionId)?.window;
    if (!active || !window?.takesFresh(webhookUid, bytes)) return false;
    if (ordered && window.heldIn(webhookUid) >= ORDERED_WINDOW) return false;
    if (!exclusive) return true;
    if (this.#free.delete(webhookUid)) this.#lanes.take(webhookUid, sessionId);
    return this.#lanes.ownerOf(webhookUid) === sessionId;
  }

  #isOthers(sessionId: number, { webhookUid, exclusive }: Subscription): boolean {
    if (!exclusive) return false;
    const owner = this.#lanes.ownerOf(webhookUid);
    return owner !== sessionId && this.#tx.living.has(owner);
  }
}
