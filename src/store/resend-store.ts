/** What people do with a delivery that was accepted: send it again, end it, or let it expire. */
import type { Actor } from '../domain/actor.js';
import type { Session } from './session.js';

/** One delivery, and who wants something of it. */
export interface DeliveryOrder {
  session: Session;
  uid: number;
  by: Actor;
}

/** `resent`: it is due now. `too-old`: by the webhook's greatest age; nothing was changed. */
export type ResendResult =
  | { kind: 'resent'; webhookUid: number }
  | { kind: 'unknown' | 'test' | 'webhook-deleted' | 'too-old' };

export type CancelResult =
  | { kind: 'cancelled'; webhookUid: number; eventId: number; eventType: string; acceptedAt: number }
  | { kind: 'unknown' | 'test' | 'ended' };

/** Part of `DeliveryStore`. */
export interface ResendStore {
  /**
   * Begins a new run of an ended delivery: `pending` and due now, in nobody's hands, attempts counted on, with
   * all retries again; of an ordered lane in its old place. An open one becomes due now, unless it is in
   * somebody's hands already. The session's fresh rows of the lane queue behind it. Audited.
   */
  resend(order: DeliveryOrder): Promise<ResendResult>;
  /** Ends an open delivery as `cancelled-by-user`, in whoever's hands: an outcome that comes later is stale. Audited. */
  cancel(order: DeliveryOrder): Promise<CancelResult>;
  /**
   * Ends as `held-too-long` up to `limit` rows in nobody's hands: those of disabled webhooks that are older than
   * the store's limit, by acceptance or by their resend, and what enabling left to expire (`WebhookStore.update`).
   * Until this comes to them they count as open, and no claim takes them: it ends them. It may come to a retry
   * of a disabled webhook only once that is due.
   */
  expireHeld(limit: number): Promise<{ ended: number; more: boolean }>;
}
