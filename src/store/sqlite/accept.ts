import { STATE } from '../../domain/delivery.js';
import { CONFLICT, type Plan, planAcceptance } from '../acceptance.js';
import { ORDERED_WINDOW } from '../at-once.js';
import type { AcceptedEvent, AcceptedItem, AcceptRequest, AcceptResult, HeldDelivery } from '../store.js';
import type { Connection } from './connection.js';
import { NEXT_SEQ } from './ordering.js';
import type { Subscription } from './subscriptions.js';
import type { Transaction } from './transaction.js';

const LAST_DELIVERY = "SELECT seq FROM sqlite_sequence WHERE name = 'delivery'";
const INSERT_EVENT = `
  INSERT INTO event (event_type, source, data, created_at, accepted_at, fanout, first_delivery, last_delivery)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_DELIVERY = `
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, owner, claim_no, due_at, accepted_at,
    lane_seq)
  VALUES (?, ?, ?, ?, ${STATE.pending}, ?, ?, ?, ?, ?)`;
const KNOWN_KEY = 'SELECT hash, event_id FROM idempotency WHERE credential = ? AND key = ? AND at > ?';
const FORGET_KEY = 'DELETE FROM idempotency WHERE credential = ? AND key = ?';
const INSERT_KEY = 'INSERT INTO idempotency (credential, key, hash, event_id, at) VALUES (?, ?, ?, ?, ?)';

type Write = Extract<Plan<Subscription>, { kind: 'write' }>;

export class Acceptance {
  readonly #retainIdempotencyMs: number;
  readonly #lastDelivery;
  readonly #insertEvent;
  readonly #insertDelivery;
  readonly #nextSeq;
  readonly #knownKey;
  readonly #forgetKey;
  readonly #insertKey;

  constructor(database: Connection, retainIdempotencyMs: number) {
    this.#retainIdempotencyMs = retainIdempotencyMs;
    this.#lastDelivery = database.prepare<[], { seq: number }>(LAST_DELIVERY);
    this.#insertEvent =
      database.prepare<[number, string, string, number, number, number, number | null, number | null]>(
        INSERT_EVENT,
      );
    this.#insertDelivery =
      database.prepare<[number, number, number, number, number, number, number, number, number | null]>(
        INSERT_DELIVERY,
      );
    this.#nextSeq = database.prepare<[number], { last_seq: number }>(NEXT_SEQ);
    this.#knownKey = database.prepare<[string, string, number], { hash: string; event_id: number }>(
      KNOWN_KEY,
    );
    this.#forgetKey = database.prepare<[string, string]>(FORGET_KEY);
    this.#insertKey = database.prepare<[string, string, string, number, number]>(INSERT_KEY);
  }

  accept(tx: Transaction, request: AcceptRequest): AcceptResult {
    const plans = planAcceptance(
      request,
      (key) => this.#known(tx, request.credential, key),
      (code) => tx.subscriptions.to(code),
    );
    if (!Array.isArray(plans)) return plans;
    const items: AcceptedItem[] = [];
    const offered: HeldDelivery[] = [];
    const spilled = new Set<number>();
    let lastUid = this.#lastDelivery.get()?.seq ?? 0;
    for (const plan of plans) {
      if (plan.kind === 'conflict') items.push(CONFLICT);
      else if (plan.kind === 'known') items.push({ eventId: plan.eventId, duplicate: true });
      else if (plan.kind === 'same-as') {
        items.push({ eventId: items[plan.item]?.eventId ?? 0, duplicate: true });
      } else {
        const eventId = this.#writeEvent(tx, plan, lastUid);
        this.#writeKey(tx, request.credential, plan.event, eventId);
        this.#writeDeliveries(tx, request.session.id, plan, eventId, lastUid, offered, spilled);
        lastUid += plan.to.length;
        items.push({ eventId, duplicate: false });
      }
    }
    return { kind: 'accepted', items, offered, spilled: [...spilled] };
  }

  #known(tx: Transaction, credential: string, key: string): { hash: string; eventId: number } | undefined {
    const row = this.#knownKey.get(credential, key, tx.now - this.#retainIdempotencyMs);
    return row && { hash: row.hash, eventId: row.event_id };
  }

  #writeEvent(tx: Transaction, plan: Write, lastUid: number): number {
    const { event, code, to } = plan;
    const fanout = to.length;
    return Number(
      this.#insertEvent.run(
        code,
        event.source,
        event.data,
        event.createdAt ?? tx.now,
        tx.now,
        fanout,
        fanout > 0 ? lastUid + 1 : null,
        fanout > 0 ? lastUid + fanout : null,
      ).lastInsertRowid,
    );
  }

  #writeKey(tx: Transaction, credential: string, event: AcceptedEvent, eventId: number): void {
    const key = event.idempotency;
    if (!key) return;
    // One that is past its time, and that `tidy` has not come to yet.
    this.#forgetKey.run(credential, key.key);
    this.#insertKey.run(credential, key.key, key.hash, eventId, tx.now);
  }

  #writeDeliveries(
    tx: Transaction,
    sessionId: number,
    plan: Write,
    eventId: number,
    lastUid: number,
    offered: HeldDelivery[],
    spilled: Set<number>,
  ): void {
    if (plan.to.length === 0) return;
    const { event, code } = plan;
    const { now } = tx;
    const stored = {
      eventId,
      eventType: event.eventType,
      createdAt: event.createdAt ?? now,
      data: event.data,
    };
    const bytes = Buffer.byteLength(event.data);
    const hands = tx.window(sessionId);
    let uid = lastUid;
    for (const { webhookUid, active, enabled, ordered } of plan.to) {
      uid += 1;
      const room = !ordered || (hands?.window.heldIn(webhookUid) ?? 0) < ORDERED_WINDOW;
      const held = active && room && hands?.window.takesFresh(webhookUid, bytes);
      const laneSeq = ordered ? (this.#nextSeq.get(webhookUid)?.last_seq ?? null) : null;
      this.#insertDelivery.run(
        uid,
        webhookUid,
        eventId,
        code,
        held ? sessionId : 0,
        held ? 1 : 0,
        now,
        now,
        laneSeq,
      );
      tx.tally.entered({ uid, webhookUid, eventType: code, acceptedAt: now, test: false }, 'pending', null);
      if (held) {
        hands?.hold(uid, { webhookUid, claimNo: 1, bytes });
        offered.push({
          uid,
          webhookUid,
          claimNo: 1,
          event: stored,
          attempts: 0,
          runBase: 0,
          resend: false,
          acceptedAt: now,
          laneSeq,
        });
      } else {
        hands?.spill(webhookUid);
        if (enabled) spilled.add(webhookUid);
      }
    }
  }
}
