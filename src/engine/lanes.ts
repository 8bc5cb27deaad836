import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { DeliveryStore, HeldDelivery, Session } from '../store/store.js';
import { Alarms } from './alarms.js';
import type { Directory, DirectoryChange } from './directory.js';
import { Lane } from './lane.js';

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
}

/**
 * What this session holds of each lane, and how it gets more: rows offered by accepting, claims while
 * little is left in hand, alarms for what falls due later. The store is the truth, this is a window on it.
 */
export class Lanes {
  readonly #parts: LanesParts;
  readonly #lanes = new Map<number, Lane>();
  readonly #alarms: Alarms;
  /** What the store could not take back. */
  #unreleased: HeldDelivery[] = [];

  constructor(parts: LanesParts) {
    this.#parts = parts;
    this.#alarms = new Alarms(parts.clock, (uid) => this.wake(uid));
  }

  /** Takes a delivery that this session owns into its lane. */
  hold(delivery: HeldDelivery): void {
    const lane = this.#lane(delivery.webhookUid);
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
    lane.claiming = true;
    lane.more = false; // a wake-up while the claim is under way sets it again
    store.claim({ session, webhookUid: lane.webhookUid, limit: window }).then(
      ({ deliveries, more, nextDueMs }) => {
        lane.claiming = false;
        const woken = lane.more;
        lane.more ||= more;
        for (const delivery of deliveries) this.hold(delivery);
        // With more to come it is for want of memory that the claim ended: outcomes make room, not time.
        if (nextDueMs !== null && !more) this.#alarms.set(lane.webhookUid, nextDueMs);
        // With nothing claimed the next outcome, or at the latest the next poll, tries again.
        if (deliveries.length > 0 || woken) this.fill(lane);
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
      if (webhook.status === 'active') {
        this.#parts.onReady(lane);
        this.wake(webhook.uid);
      } else {
        lane.more = false;
        this.release(lane.ready.drain());
      }
    }
    for (const uid of deleted) {
      this.release(this.#lanes.get(uid)?.ready.drain() ?? []);
      this.#lanes.delete(uid);
    }
  }

  /** Gives rows back to the store unattempted. */
  release(deliveries: HeldDelivery[]): void {
    if (deliveries.length === 0) return;
    const rows = deliveries.map(({ uid, claimNo }) => ({ uid, claimNo }));
    this.#parts.store.release({ session: this.#parts.session, rows }).then(
      () => this.#parts.onReleased(),
      (error: unknown) => {
        this.#parts.log.error({ err: error, rows: rows.length }, 'release failed, it is tried again');
        this.#unreleased.push(...deliveries);
      },
    );
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
      lane = new Lane(uid);
      this.#lanes.set(uid, lane);
    }
    return lane;
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
