/** Part of the store's door: forgetting what is old. */

export interface CutRequest {
  /** ms; what was accepted, or ended, less long ago than this stays. */
  keepMs: number;
  /** The event that this pass came to; 0 begins a pass. */
  after: number;
  /** Rows of events and deliveries in one step, about; an event goes with all its deliveries, however many. */
  limit: number;
}

export interface CutStep {
  /** Events that are gone. */
  cut: number;
  /** For the next step of this pass. */
  passed: number;
  /** False: the pass has come to its end. */
  more: boolean;
}

export interface HistoryStore {
  /**
   * A step of a pass through the events, oldest first, as far as they are old enough: each goes with its deliveries,
   * their attempts, its place in the log, and what lists, log and statistics count of it, in one transaction, unless
   * one of its deliveries is open or ended too lately; such an event stays whole, until a later pass, and holds up no
   * other. At its end a pass also forgets jobs that ended as long ago, and gives room back to the disk. The audit
   * trail is never cut.
   */
  cutHistory(request: CutRequest): Promise<CutStep>;
}
