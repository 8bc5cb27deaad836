import type { Health } from '../domain/health.js';
import { RateLimit } from '../domain/rate-limit.js';
import type { DisabledReason } from '../domain/webhook.js';
import type { HeldDelivery } from '../store/store.js';
import type { Circuit } from './circuit.js';
import { Fifo } from './fifo.js';

/** What is known of a webhook here, as it was read last. */
export interface KnownWebhook {
  url: string;
  status: string;
  disabledReason: DisabledReason | null;
  ordered: boolean;
  health: Health;
  /** One node alone attempts, whatever its health: it is ordered, or limited. */
  alone: boolean;
}

/** The deliveries of one webhook, as far as this engine holds them; the rest waits in the store. */
export class Lane {
  readonly webhookUid: number;
  readonly circuit: Circuit;
  rate: RateLimit;
  /** In hand, not begun. */
  readonly ready = new Fifo<HeldDelivery>();
  /** Attempts under way; of an ordered lane, until their outcome is stored. */
  inFlight = 0;
  /** The store may hold rows of this lane that are due. */
  more = false;
  /** A claim is under way. */
  claiming = false;
  /** Releases under way. */
  releasing = 0;
  /** The end of its draining is being written. */
  settling = false;
  /** Stands in the ring of runnable lanes, or waits for its origin. */
  queued = false;
  /** The origin in whose line it waits. */
  waitsFor: string | null = null;
  /** The origin whose room it was called for while it waited; it has not had its turn yet. */
  calledFor: string | null = null;
  /** What is known of the webhook here; null: nothing yet. */
  known: KnownWebhook | null = null;
  /**
   * Ordered: something that goes before what is in hand may wait in the store. Nothing begins, and nothing is
   * held, until a claim has found the first.
   */
  broken = false;
  /** Ordered: the last place that was taken into hand; null: nothing is open but what will be offered next. */
  lastSeq: number | null = null;
  /** Ordered: an offered row was given back since the claim under way began. */
  refused = false;

  /** @param notBefore as for `RateLimit` */
  constructor(webhookUid: number, circuit: Circuit, notBefore: number) {
    this.webhookUid = webhookUid;
    this.circuit = circuit;
    this.rate = new RateLimit(notBefore);
  }
}
