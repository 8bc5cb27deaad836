import type { HeldDelivery } from '../store/store.js';
import { Fifo } from './fifo.js';

/** The deliveries of one webhook, as far as this engine holds them; the rest waits in the store. */
export class Lane {
  readonly webhookUid: number;
  /** In hand, not begun. */
  readonly ready = new Fifo<HeldDelivery>();
  /** Attempts under way. */
  inFlight = 0;
  /** The store may hold rows of this lane that are due. */
  more = false;
  /** A claim is under way. */
  claiming = false;
  /** Stands in the ring of runnable lanes, or waits for its origin. */
  queued = false;
  /** The origin whose room it was called for while it waited; it has not had its turn yet. */
  calledFor: string | null = null;

  constructor(webhookUid: number) {
    this.webhookUid = webhookUid;
  }
}
