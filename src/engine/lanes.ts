import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Health } from '../domain/health.js';
import { RateLimit } from '../domain/rate-limit.js';
import type { Webhook } from '../domain/webhook.js';
import type { DeliveryStore, HeldDelivery, Session } from '../store/store.js';
import { Alarms } from './alarms.js';
import type { CircuitRules } from './circuit.js';
import { Circuit } from './circuit.js';
import type { Directory, DirectoryChange } from './directory.js';
import { type KnownWebhook, Lane } from './lane.js';
import { POLL_MS } from './limits.js';

export interface LanesParts {
  store: DeliveryStore;
  directory: Directory;
  clock: Clock;
  log: Logger;
  session: Session;
  /** Deliveries of one lane held in memory. */
  window: number;
  /** False while nothing should be claimed: stopping, or the store takes no outcomes. */
  mayClaim: () => boolean;
  /** A lane has something in hand to attempt, and may begin. */
  onReady: (lane: Lane) => void;
  /** Rows went back to the store; those of deleted webhooks can be ended now. */
  onReleased: () => void;
  /** Its webhook may have another origin. */
  onMoved: (lane: Lane) => void;
  circuit: CircuitRules;
  /** The circuit was closed by a person, or what waited behind it has drained. */
  onHealth: (lane: Lane, health: 'healthy' | 'disabled', reason: string | null) => void;
}

/** ms: the last second of an earlier process, or another node, who may have sent all that a rate limit allows. */
const UNKNOWN_SECOND_MS = 1_000;

/**
 * What this session holds of each lane, and how it gets more: rows offered by accepting, claims while
 * little is left in hand, alarms for what falls due later. The store is the truth, this is a window on it.
 */
export class Lanes {
  readonly #parts: LanesParts;
  readonly #lanes = new Map<number, Lane>();
  readonly #alarms: Alarms;
  readonly #notBefore: number;
  /** What the store could not take back. */
  #unreleased: HeldDelivery[] = [];

  constructor(parts: LanesParts) {
    this.#parts = parts;
    this.#alarms = new Alarms(parts.clock, (uid) => this.wake(uid));
    this.#notBefore = parts.clock.monotonic() + UNKNOWN_SECOND_MS;
  }

  /** Takes up the circuits that are open or drain. */
  start(): void {
    for (const { webhook } of this.#parts.directory.all()) {
      if (webhook.health !== 'healthy') this.wake(webhook.uid);
    }
  }

  /** Takes a delivery that this session owns into its lane. */
  hold(delivery: HeldDelivery): void {
    const lane = this.#lane(delivery.webhookUid);
    // Taken by a transaction before the one that opened its circuit, or disabled it: in hand it could not expire.
    if (lane.circuit.health === 'open' || lane.known?.status === 'disabled') {
      this.release([delivery], lane);
      return;
    }
    if (lane.known?.ordered && !follows(lane, delivery)) {
      lane.refused = true;
      this.breakOrder(lane, delivery);
      return;
    }
    lane.lastSeq = delivery.laneSeq;
    lane.ready.push(delivery);
    if (this.#parts.directory.get(delivery.webhookUid)) this.#parts.onReady(lane);
    // The transaction that offered this row has read a webhook that we have not: it was made elsewhere, or
    // deleted since.
    else this.#refresh(() => this.#releaseUnknown(lane));
  }

  /** The store may hold rows of this lane that are due now. */
  wake(uid: number): void {
    if (!this.#parts.directory.get(uid)) {
      this.#refresh(); // made elsewhere: `follow` wakes it once it is known
      return;
    }
    const lane = this.#lane(uid);
    lane.more = true;
    if (lane.circuit.health === 'draining') this.#drain(lane);
    this.fill(lane);
  }

  /** The store holds a row of this lane that falls due in `delayMs`. */
  wakeIn(uid: number, delayMs: number): void {
    this.#alarms.set(uid, delayMs);
  }

  /** Claims what the store holds for this lane, once little of it is left in hand. */
  fill(lane: Lane): void {
    const { store, directory, session, window, log } = this.#parts;
    if (!lane.more || lane.claiming || lane.ready.length > window / 4 || !this.#parts.mayClaim()) return;
    if (directory.get(lane.webhookUid)?.webhook.status !== 'active') return;
    if (lane.circuit.health === 'open') {
      this.#probe(lane);
      return;
    }
    // The first of what is open is not known before all that is in hand has ended or is back.
    const { ordered = false } = lane.known ?? {};
    if (isStuck(lane)) {
      this.breakOrder(lane);
      return;
    }
    if (ordered && (lane.ready.length > 0 || lane.inFlight > 0 || lane.releasing > 0)) return;
    lane.refused = false;
    lane.claiming = true;
    lane.more = false; // a wake-up while the claim is under way sets it again
    store.claim({ session, webhookUid: lane.webhookUid, limit: window }).then(
      ({ deliveries, more, nextDueMs, again, tookOver, lastSeq }) => {
        lane.claiming = false;
        if (tookOver) lane.rate = new RateLimit(this.#parts.clock.monotonic() + UNKNOWN_SECOND_MS);
        const woken = lane.more || again;
        lane.more ||= more || again;
        if (ordered) this.#claimedInOrder(lane, deliveries, !more && nextDueMs === null, lastSeq ?? null);
        for (const delivery of deliveries) this.hold(delivery);
        // With more to come it is for want of memory that the claim ended: outcomes make room, not time.
        if (nextDueMs !== null && !more) this.#alarms.set(lane.webhookUid, nextDueMs);
        // With nothing claimed the next outcome, or at the latest the next poll, tries again.
        if (isStuck(lane)) this.breakOrder(lane);
        else if (deliveries.length > 0 || woken) this.fill(lane);
      },
      (error: unknown) => {
        lane.claiming = false;
        lane.more = true;
        if (this.#parts.mayClaim()) log.warn({ err: error, webhook_uid: lane.webhookUid }, 'claim failed');
      },
    );
  }

  /** Webhooks changed: what is in hand of a lane that takes no attempts goes back to the store. */
  follow({ changed, deleted }: DirectoryChange): void {
    for (const { webhook } of changed) {
      const lane = this.#lane(webhook.uid);
      this.#learn(lane, webhook);
      if (webhook.status === 'active') {
        this.#parts.onMoved(lane);
        this.#parts.onReady(lane);
        this.wake(webhook.uid);
      } else {
        lane.more = false;
        lane.broken = webhook.ordered;
        this.release(lane.ready.drain(), lane);
      }
    }
    for (const uid of deleted) {
      this.release(this.#lanes.get(uid)?.ready.drain() ?? []);
      this.#lanes.delete(uid);
    }
  }

  /** Gives rows back to the store unattempted. */
  release(deliveries: HeldDelivery[], lane: Lane | null = null): void {
    if (deliveries.length === 0) return;
    const rows = deliveries.map(({ uid, claimNo }) => ({ uid, claimNo }));
    if (lane) lane.releasing++;
    this.#parts.store.release({ session: this.#parts.session, rows }).then(
      () => {
        this.#parts.onReleased();
        if (lane) this.#released(lane);
      },
      (error: unknown) => {
        if (lane) this.#released(lane);
        this.#parts.log.error({ err: error, rows: rows.length }, 'release failed, it is tried again');
        this.#unreleased.push(...deliveries);
      },
    );
  }

  /** It has ended in the store: it must not begin any more. What is under way ends, and its outcome is refused. */
  drop(webhookUid: number, uid: number): void {
    const lane = this.#lanes.get(webhookUid);
    // A probe that did not begin: another delivery is one instead.
    if (lane?.ready.remove((held) => held.uid === uid)) lane.circuit.probing = false;
    this.wake(webhookUid);
  }

  /** Ends what is too old to be sent. */
  expire(deliveries: HeldDelivery[]): void {
    const rows = deliveries.map(({ uid, claimNo }) => ({ uid, claimNo }));
    this.#parts.store.expire({ session: this.#parts.session, rows }).catch((error: unknown) => {
      this.#parts.log.error({ err: error, rows: rows.length }, 'what is too old could not be ended');
      this.#unreleased.push(...deliveries);
    });
  }

  /** Of an ordered lane: something that goes first is in the store, or may be. All goes back, and is claimed anew. */
  breakOrder(lane: Lane, ...more: HeldDelivery[]): void {
    lane.broken = true;
    lane.more = true;
    this.release([...lane.ready.drain(), ...more], lane);
    this.fill(lane);
  }

  /** The circuit opened: what is in hand goes back to the store. */
  opened(lane: Lane): void {
    lane.broken = lane.known?.ordered ?? false;
    this.release(lane.ready.drain(), lane);
  }

  /** Gives back what the store could not take; until then it stays ours there, and nobody attempts it. */
  releaseAgain(): void {
    const deliveries = this.#unreleased;
    this.#unreleased = [];
    this.release(deliveries);
  }

  close(): void {
    this.#alarms.clear();
  }

  #lane(uid: number): Lane {
    let lane = this.#lanes.get(uid);
    if (!lane) {
      lane = new Lane(uid, new Circuit(this.#parts.circuit), this.#notBefore);
      this.#lanes.set(uid, lane);
      const target = this.#parts.directory.get(uid);
      if (target) this.#learn(lane, target.webhook);
    }
    return lane;
  }

  #learn(lane: Lane, webhook: Webhook): void {
    const { known, circuit } = lane;
    const { url, status, ordered, health, disabledReason } = webhook;
    const alone = ordered || webhook.rateLimit !== null;
    // Another node opened or closed its circuit: what this one did is known here before it is read.
    const moved = known !== null && known.health !== health && circuit.health !== health;
    lane.known = { url, status, ordered, health, alone, disabledReason };
    if (!known) circuit.adopt(webhook);
    else if (known.url !== url || known.status !== status) {
      const before = circuit.health;
      circuit.reset(webhook);
      this.#tellByPerson(lane, known, before);
    } else if (moved) circuit.adopt(webhook);
    if (ordered && known && !known.ordered) this.breakOrder(lane);
    // Another node may have become the one that attempts: the next claim tells.
    else if (moved || (alone && known && !known.alone)) this.#giveBack(lane);
    if (!ordered) lane.broken = false;
    if (circuit.health === 'draining') this.#drain(lane);
  }

  /** What a person's change does to the health; that the server disabled a webhook is told by who did it. */
  #tellByPerson(lane: Lane, former: KnownWebhook, before: Health): void {
    const { known } = lane;
    if (!known || known.disabledReason !== null) return;
    const { status } = known;
    if (before === 'healthy' && former.disabledReason === null) return;
    if (status === 'disabled') this.#parts.onHealth(lane, 'disabled', 'by-user');
    else this.#parts.onHealth(lane, 'healthy', former.status === status ? 'new-url' : 'enabled');
  }

  #giveBack(lane: Lane): void {
    const back = lane.ready.drain();
    // It was a probe.
    if (back.length > 0 && lane.circuit.health === 'open') lane.circuit.probing = false;
    this.release(back, lane);
  }

  /** Waits until nothing limits it any more, and writes that. */
  #drain(lane: Lane): void {
    const { store, directory, log } = this.#parts;
    const { circuit, webhookUid } = lane;
    const leftMs = circuit.drainedInMs();
    if (leftMs > 0) {
      this.#alarms.set(webhookUid, leftMs);
      return;
    }
    const versionId = directory.get(webhookUid)?.webhook.versionId;
    if (lane.settling || versionId === undefined) return;
    lane.settling = true;
    store.setHealth({ webhookUid, versionId, change: { health: 'healthy' } }).then(
      (written) => {
        lane.settling = false;
        // Not at this version: the next wake-up tries again.
        if (!written || circuit.health !== 'draining') return;
        circuit.stored({ health: 'healthy' });
        this.#parts.onHealth(lane, 'healthy', null);
      },
      (error: unknown) => {
        lane.settling = false;
        this.#alarms.set(webhookUid, POLL_MS);
        log.warn({ err: error, webhook_uid: webhookUid }, 'health could not be written, it is tried again');
      },
    );
  }

  #released(lane: Lane): void {
    lane.releasing--;
    this.fill(lane);
  }

  /** What a claim found is the first of all that is open; with nothing open, what is offered next is. */
  #claimedInOrder(lane: Lane, [first]: HeldDelivery[], nothingOpen: boolean, lastSeq: number | null): void {
    lane.broken = !first && (!nothingOpen || lane.refused);
    if (first) lane.lastSeq = (first.laneSeq ?? 0) - 1;
    else if (!lane.broken) lane.lastSeq = lastSeq;
  }

  /** Takes an owed delivery for a probe, once one may go out. */
  #probe(lane: Lane): void {
    const { store, session, log } = this.#parts;
    const { circuit, webhookUid } = lane;
    if (circuit.probing) return;
    const waitMs = circuit.probeInMs();
    if (waitMs > 0) {
      this.#alarms.set(webhookUid, waitMs);
      return;
    }
    lane.claiming = true;
    lane.more = false;
    store.claimProbe({ session, webhookUid }).then(
      ({ delivery, again }) => {
        lane.claiming = false;
        lane.more ||= again;
        if (delivery && circuit.health !== 'open') this.release([delivery], lane);
        else if (delivery) {
          circuit.probing = true;
          lane.ready.push(delivery);
          this.#parts.onReady(lane);
        } else this.fill(lane); // nothing is owed: what comes next wakes the lane
      },
      (error: unknown) => {
        lane.claiming = false;
        lane.more = true;
        if (this.#parts.mayClaim()) log.warn({ err: error, webhook_uid: webhookUid }, 'claim failed');
      },
    );
  }

  /** `follow` does not come for a webhook that was known no more when a row of it came. */
  #releaseUnknown(lane: Lane): void {
    if (this.#parts.directory.get(lane.webhookUid)) return;
    this.release(lane.ready.drain());
    this.#lanes.delete(lane.webhookUid);
  }

  #refresh(then: () => void = () => {}): void {
    this.#parts.directory.refresh().then(then, (error: unknown) => {
      this.#parts.log.warn({ err: error }, 'webhooks could not be read');
    });
  }
}

/** Nothing of an ordered lane begins while its order is broken; what is in hand was offered while a claim broke it. */
function isStuck({ known, broken, ready, circuit }: Lane): boolean {
  return known?.ordered === true && broken && ready.length > 0 && circuit.health !== 'open';
}

/** Whether it goes right behind all that is in hand of its lane, or was. */
function follows(lane: Lane, { laneSeq }: HeldDelivery): boolean {
  return !lane.broken && (lane.lastSeq === null || laneSeq === lane.lastSeq + 1);
}
