import type { AttemptErrorKind, DeliveryState, EndReason } from '../domain/delivery.js';
import type { JobState } from '../store/store.js';

/** `disabled`: the server disabled the webhook, with the reason, or a person disabled one that failed. */
export type ToldHealth = 'healthy' | 'open' | 'draining' | 'disabled';

/** Of each kind, what is told. Plain data; times are ms, wall clock. */
export interface SignalKinds {
  /** The health of a webhook is another from now on; told once a change, after it is stored. */
  health: {
    webhookUid: number;
    /** Without its query. */
    url: string;
    health: ToldHealth;
    /** Why, in a word: the kind of the failure, `failing-too-long`, `new-url`, …; null: it answers again. */
    reason: string | null;
    failingSince: number | null;
    nextProbeAt: number | null;
    at: number;
  };
  /** An attempt ended and its outcome is stored, or was refused as stale. */
  attempt: {
    deliveryUid: number;
    webhookUid: number;
    eventId: number;
    eventType: string;
    number: number;
    startedAt: number;
    durationMs: number;
    responseStatus: number | null;
    /** null: it was delivered. */
    error: AttemptErrorKind | null;
    resend: boolean;
    probe: boolean;
    test: boolean;
    /** What the delivery became. */
    outcome: DeliveryState | 'stale';
    /** Until the next attempt; null when there is none. */
    dueInMs: number | null;
    acceptedAt: number;
  };
  /** A request's events are durable. */
  accepted: {
    /** Without those that the store had already. */
    events: { eventId: number; eventType: string; source: string }[];
    at: number;
  };
  /** A delivery in this engine's hands has its end on record; what the store ends in groups is not told. */
  ended: {
    deliveryUid: number;
    webhookUid: number;
    eventId: number;
    eventType: string;
    state: DeliveryState;
    reason: EndReason | null;
    test: boolean;
    acceptedAt: number;
    at: number;
  };
  /** A job moved on, at most once a second, or has ended. */
  job: {
    jobUid: number;
    webhookUid: number;
    state: JobState;
    total: number;
    done: number;
    skipped: number;
    at: number;
  };
}

export type SignalKind = keyof SignalKinds;
type Listener<K extends SignalKind> = (told: SignalKinds[K]) => void;

/**
 * What the engine tells to whoever watches it: metrics, the stream, the operator. Nothing is built for a kind
 * that nobody listens to, and a listener that throws harms neither the engine nor its neighbours.
 */
export class EngineSignals {
  readonly #listeners: { [K in SignalKind]: Listener<K>[] } = {
    health: [],
    attempt: [],
    accepted: [],
    ended: [],
    job: [],
  };
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  /** Calls `listener` at once, in the engine's own turn: it must be quick. Returns how to stop it. */
  on<K extends SignalKind>(kind: K, listener: Listener<K>): () => void {
    const listeners = this.#listeners[kind];
    listeners.push(listener);
    return () => {
      const place = listeners.indexOf(listener);
      if (place >= 0) listeners.splice(place, 1);
    };
  }

  /** `tell` is called only where somebody listens. */
  emit<K extends SignalKind>(kind: K, tell: () => SignalKinds[K]): void {
    const listeners = this.#listeners[kind];
    if (listeners.length === 0) return;
    const told = tell();
    for (const listener of [...listeners]) {
      try {
        listener(told);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}
