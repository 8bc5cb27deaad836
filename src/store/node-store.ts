/** What nodes on one store must know of each other. On SQLite there is one node, and it hears nothing. */
import type { ReplicationFacts } from '../domain/standby.js';

/** What the store says to a heartbeat. */
export type Heartbeat =
  | {
      alive: true;
      /**
       * How long the session lives without another heartbeat, ms, counted from before this one was sent; null:
       * as long as its process.
       */
      livesMs: number | null;
      /** ms, wall clock of the store */
      now: number;
    }
  /** It was silent for too long: others take what it held, and its outcomes are refused. It never lives again. */
  | { alive: false };

/** What other nodes did that this one should act on; a hint, and what is lost costs a poll. */
export interface News {
  /** A webhook was made, changed or deleted, or its health. */
  webhooks: boolean;
  /** Lanes in which they left something that they may not attempt. */
  lanes: number[];
}

/** Failures are counted under a name that the API chooses: a hash, since it is made of what strangers send. */
export interface FailedLoginCount {
  count: string;
  /** From 1: the newest. */
  nth: number;
}

export interface FailedLogin {
  count: string;
  /** ms */
  ago: number;
}

export interface NodeStore {
  /** What other nodes did since the last time. Resolves as soon as there is any, and with none after `waitMs`. */
  news(request: { waitMs: number }): Promise<News>;
  /** Who has what is committed, as the server tells now; null: the store is a file of this machine. */
  replication(): Promise<ReplicationFacts | null>;
  /**
   * For each count that is asked about, in this order: how long ago its `nth` newest failure was, ms; null when
   * fewer log-ins failed within the last 15 minutes.
   */
  failedLogins(asked: readonly FailedLoginCount[]): Promise<(number | null)[]>;
  /** Adds these failures, in one transaction. A count may have several. */
  loginsFailed(failures: readonly FailedLogin[]): Promise<void>;
}
