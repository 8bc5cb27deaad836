import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import type { DeliveryStore, Session, SessionLimits } from '../store/store.js';
import type { Directory } from './directory.js';

const HEARTBEAT_MS = 5_000;
/** A change of a webhook counts at the other nodes within two seconds: who does not know more begins nothing. */
const KNOWN_MS = 1_900;
/** At once: one may hang for its connection alone. */
const MOST_BEATS = 2;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** When a heartbeat was sent and answered, by our wall clock, and the store's at some moment between. */
export interface HeardTime {
  sentAt: number;
  answeredAt: number;
  storeAt: number;
}

export interface SessionKeeperParts {
  store: DeliveryStore;
  directory: Directory;
  clock: Clock;
  log: Logger;
  limits: SessionLimits;
  onTime: (heard: HeardTime) => void;
  /** A heartbeat was answered. */
  onAlive: () => void;
  /** The session that was is dead, and this one begins: all that was in hand is others'. */
  onReplaced: (session: Session) => void;
}

/**
 * Keeps this node's session alive, and says whether it may begin attempts. Where several nodes share a store,
 * one that was silent for as long as a session lives is taken for dead, and what it held is taken over: so it
 * begins nothing past that time by its own monotonic clock, counted from before its last heartbeat was sent.
 */
export class SessionKeeper {
  readonly #parts: SessionKeeperParts;
  #session: Session | null = null;
  /** By the monotonic clock. */
  #livesUntil = Number.NEGATIVE_INFINITY;
  #timer: Timer | null = null;
  #beats = new Set<Promise<void>>();
  #again = false;
  #replacing = false;
  #stopped = false;

  constructor(parts: SessionKeeperParts) {
    this.#parts = parts;
  }

  /** Others share the store. */
  get amongOthers(): boolean {
    return this.#livesUntil !== Number.POSITIVE_INFINITY;
  }

  get mayBegin(): boolean {
    if (this.#livesUntil === Number.POSITIVE_INFINITY) return true;
    const { clock, directory } = this.#parts;
    const now = clock.monotonic();
    return now < this.#livesUntil && now < directory.readAt + KNOWN_MS;
  }

  /** Opens a session. @throws StoreUnavailable */
  async start(): Promise<Session> {
    const session = await this.#open();
    this.#next();
    return session;
  }

  /** No more heartbeats; closes the session, also one that opens only now. Before `start` is fine. */
  async stop(): Promise<void> {
    const { store, log } = this.#parts;
    this.#stopped = true;
    this.#timer?.cancel();
    await Promise.all(this.#beats);
    if (!this.#session) return;
    await store.closeSession(this.#session).catch((error: unknown) => {
      log.warn({ err: error }, 'the session could not be closed: the next start frees what it held');
    });
  }

  async #open(): Promise<Session> {
    const session = await this.#parts.store.openSession(this.#parts.limits);
    this.#session = session;
    this.#livesUntil = Number.NEGATIVE_INFINITY;
    await this.#beat(session);
    return session;
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = this.#parts.clock.schedule(HEARTBEAT_MS, () => {
      if (this.#session && !this.#replacing) this.#beatSoon(this.#session);
      this.#next();
    });
  }

  #beatSoon(session: Session): void {
    if (this.#beats.size >= MOST_BEATS) {
      this.#again = true;
      return;
    }
    this.#again = false;
    const beat = this.#beat(session)
      .catch((error: unknown) => this.#parts.log.warn({ err: error }, 'a heartbeat failed'))
      .finally(() => {
        this.#beats.delete(beat);
        if (this.#again && session === this.#session && !this.#stopped) this.#beatSoon(session);
      });
    this.#beats.add(beat);
  }

  async #beat(session: Session): Promise<void> {
    const { store, clock, log, onTime, onAlive } = this.#parts;
    const sent = clock.monotonic();
    const sentAt = clock.now();
    const heartbeat = await store.heartbeat(session);
    if (session !== this.#session || this.#stopped) return;
    if (!heartbeat.alive) {
      if (this.#replacing) return;
      log.warn({ session: session.id }, 'this node was silent for too long: others take over what it held');
      this.#livesUntil = Number.NEGATIVE_INFINITY;
      this.#replace(FIRST_PAUSE_MS);
      return;
    }
    this.#livesUntil =
      heartbeat.livesMs === null
        ? Number.POSITIVE_INFINITY
        : Math.max(this.#livesUntil, sent + heartbeat.livesMs);
    onTime({ sentAt, answeredAt: clock.now(), storeAt: heartbeat.now });
    onAlive();
  }

  #replace(pauseMs: number): void {
    const { clock, log, onReplaced } = this.#parts;
    if (this.#stopped) return;
    this.#replacing = true;
    const opening = this.#open().then(
      (session) => {
        this.#replacing = false;
        if (this.#stopped) return;
        log.info({ session: session.id }, 'this node has a new session');
        onReplaced(session);
      },
      (error: unknown) => {
        if (this.#stopped) return;
        log.warn({ err: error }, 'no new session yet');
        clock.schedule(pauseMs, () => this.#replace(Math.min(2 * pauseMs, LONGEST_PAUSE_MS)));
      },
    );
    const settled = opening.finally(() => this.#beats.delete(settled));
    this.#beats.add(settled);
  }
}
