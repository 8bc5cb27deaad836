import type { RingLimits } from './ring.js';

export interface EngineLimits extends RingLimits {
  /** Deliveries of one lane held in memory; more wait in the store. */
  lane: number;
  /** Bytes of event data held in memory. */
  bytes: number;
  /** ms of real time that a stop waits for attempts under way. */
  grace: number;
}

/**
 * 64 connections to one receiver are where the bare client is at its best here, and more gain nothing.
 * 2048 deliveries last while PostgreSQL is asked for more and told of outcomes: with 512 a node waited for a fifth
 * of its time (9,700 a second in place of 13,000), and its groups were smaller. With 32 MiB over all lanes the process
 * stays well under 250 MB with any backlog.
 */
export const LIMITS: EngineLimits = {
  total: 1024,
  perLane: 64,
  perOrigin: 64,
  lane: 2048,
  bytes: 32 * 2 ** 20,
  grace: 7_000,
};

/** ms; a lost wake-up costs one of these, never a delivery. */
export const POLL_MS = 5_000;

/** A webhook that fails for this long is disabled. */
export const DISABLE_AFTER_MS = 5 * 24 * 3_600_000;
