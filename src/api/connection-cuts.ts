import type { Clock } from '../clock.js';
import type { Log } from '../log.js';

/** Why a connection was cut; the label of `latchhook_connections_cut_total`. */
export type CutReason = 'address' | 'all' | 'pipelining' | 'unread' | 'handshake' | 'goodbye';

const TEXTS: Readonly<Record<CutReason, string>> = {
  address: 'connections closed: too many from one address',
  all: 'connections closed: too many in all',
  pipelining: 'connections closed: too many unanswered requests on one connection',
  unread: 'connections closed: answers were not read',
  handshake: 'connections closed: no TLS handshake in time',
  goodbye: 'connections closed: the other side did not let go',
};

/** A cut client can be back a thousand times a second. */
const LINE_EVERY_MS = 60_000;

/** Counts cut connections, and logs one line a minute for each reason at most. */
export class ConnectionCuts {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #count: (reason: CutReason) => void;
  readonly #unlogged = new Map<CutReason, { count: number; address: string }>();
  readonly #loggedAt = new Map<CutReason, number>();

  /** @param count told of each */
  constructor(log: Log, clock: Clock, count: (reason: CutReason) => void) {
    this.#log = log;
    this.#clock = clock;
    this.#count = count;
  }

  add(reason: CutReason, address: string): void {
    this.#count(reason);
    const { count } = this.#unlogged.get(reason) ?? { count: 0 };
    this.#unlogged.set(reason, { count: count + 1, address });
    this.flush();
  }

  /** Logs what has waited for its minute. */
  flush(): void {
    const now = this.#clock.monotonic();
    for (const [reason, { count, address }] of this.#unlogged) {
      const logged = this.#loggedAt.get(reason);
      if (logged !== undefined && now - logged < LINE_EVERY_MS) continue;
      this.#unlogged.delete(reason);
      this.#loggedAt.set(reason, now);
      this.#log.warn({ reason, count, address }, TEXTS[reason]);
    }
  }
}
