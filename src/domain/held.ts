/** What of a lane expired when its webhook was enabled. Both marks only grow, so that one row says it for all. */
export interface ExpiryMarks {
  /** ms: what is older, by acceptance or by its resend. */
  expiredUntil: number;
  /** How often all that was held was to expire, and the last uid of the last time. */
  expiries: number;
  expiredUid: number;
}

/** An open delivery, as far as its expiry goes by it. */
export interface HeldSince {
  uid: number;
  acceptedAt: number;
  /** null: never. */
  resentAt: number | null;
  /** The lane's `expiries` when it was resent: those do not concern it. */
  spared: number;
}

/** Whether it was held too long by the time at which its webhook was enabled last. */
export function wasHeldTooLong(delivery: HeldSince, marks: ExpiryMarks): boolean {
  const since = delivery.resentAt ?? delivery.acceptedAt;
  if (since <= marks.expiredUntil) return true;
  return delivery.uid <= marks.expiredUid && delivery.spared < marks.expiries;
}
