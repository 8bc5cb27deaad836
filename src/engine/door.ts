/** What the rest of the program may ask of the engine. */
import type { Actor } from '../domain/actor.js';
import type { AcceptedEvent, AcceptResult, CancelResult, Job, ResendResult } from '../store/store.js';
import type { ClockReading } from './receiver-clocks.js';
import type { SignalKind, SignalKinds } from './signals.js';

export type { ClockReading, SignalKinds };

export interface Engine {
  /** Opens a session, takes up what the store owes, begins to attempt. */
  start(): Promise<void>;
  /**
   * Begins no more attempts, and takes events in as before, until `stop`. Resolves when what is in flight has
   * ended, or was cut off after the grace time. Twice, and before `start`, is fine.
   */
  drain(): Promise<void>;
  /**
   * No new attempts; those in flight end, or are cut off and returned unattempted after the grace time.
   * Twice, and before `start`, is fine.
   */
  stop(): Promise<void>;
  /** Stores events and their deliveries durably and offers them to the lanes. */
  accept(request: { credential: string; events: AcceptedEvent[]; partial?: boolean }): Promise<AcceptResult>;
  /**
   * Sends a test to a webhook, also to a disabled one, on the way of every attempt, and without retries.
   * Resolves to the delivery's uid when the outcome is stored, or when that takes longer than an attempt of
   * this webhook may; null: no such webhook.
   * @throws Refusal `too-many-tests`, `stopping`; StoreUnavailable
   */
  test(request: { webhookUid: number; source: string }): Promise<number | null>;
  /** Sends an ended delivery again, or one that waits for its retry now. @throws Refusal `stopping`; StoreUnavailable */
  resend(request: { deliveryUid: number; by: Actor }): Promise<ResendResult>;
  /**
   * Ends an open delivery. One whose attempt is under way ends too, unless that outcome is stored first; after
   * this resolves no attempt of it begins on this node. @throws Refusal `stopping`; StoreUnavailable
   */
  cancel(request: { deliveryUid: number; by: Actor }): Promise<CancelResult>;
  /** Call after a job was started or cancelled. */
  jobChanged(job: Job): void;
  /** Call after a webhook changed and before answering: no attempt with the old version begins after this resolves. */
  webhooksChanged(): Promise<void>;
  /**
   * Resolves when events can be stored and outcomes recorded: writes to the store, at most once a second.
   * @throws Refusal `stopping`; StoreUnavailable when the store takes nothing, or others took this session for dead
   */
  ready(): Promise<void>;
  figures(): EngineFigures;
}

export interface EngineFigures {
  /** Attempts under way. */
  inFlight: number;
  /** Outcomes on their way to the store. */
  unwritten: number;
  /** Webhooks by health; those that are disabled are in no other. */
  lanes: Record<'healthy' | 'open' | 'draining' | 'disabled', number>;
}

/** What the engine tells, for those who only listen. */
export interface Signals {
  /** Calls `listener` at once, in the engine's own turn: it must be quick. Returns how to stop it. */
  on<K extends SignalKind>(kind: K, listener: (told: SignalKinds[K]) => void): () => void;
}

/** The egress guard's word on a URL or an address. */
export type EgressVerdict =
  | { allowed: true }
  /** e.g. `169.254.169.254`, `link-local` */
  | { allowed: false; address: string; addressClass: string };

export interface EgressGuard {
  /** Judges a webhook URL now: literal addresses in any spelling, names by what they resolve to (2 s at most). */
  checkUrl(url: URL): Promise<EgressVerdict>;
}
