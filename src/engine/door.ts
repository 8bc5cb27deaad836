/** What the rest of the program may ask of the engine. */
import type { AcceptedEvent, AcceptResult } from '../store/store.js';

export interface Engine {
  /** Opens a session, takes up what the store owes, begins to attempt. */
  start(): Promise<void>;
  /**
   * No new attempts; those in flight end, or are cut off and returned unattempted after the grace time.
   * Twice, and before `start`, is fine.
   */
  stop(): Promise<void>;
  /** Stores events and their deliveries durably and offers them to the lanes. */
  accept(request: { credential: string; events: AcceptedEvent[] }): Promise<AcceptResult>;
  /** Call after a webhook changed and before answering: no attempt with the old version begins after this resolves. */
  webhooksChanged(): Promise<void>;
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
