/** An event as a client handed it in: checked, not yet stored. */
export interface AcceptedEvent {
  eventType: string;
  source: string;
  /** The `data` member: compact JSON text, exactly as it will be sent. */
  data: string;
  /** ms, when it happened; null: when it is accepted. */
  createdAt: number | null;
  /** `hash`: hex of the content as the client gave it; the same key with another hash is refused. */
  idempotency: { key: string; hash: string } | null;
}

/** The immutable part of an event, as it is delivered. */
export interface StoredEvent {
  eventId: number;
  eventType: string;
  /** ms, when it happened */
  createdAt: number;
  data: string;
}
